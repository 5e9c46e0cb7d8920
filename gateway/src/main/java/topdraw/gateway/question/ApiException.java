package topdraw.gateway.question;

import java.io.Serial;
import java.util.Optional;

/// A request that gets no answer, in the words of OpenAI's interface: clients branch on the status,
/// programs on the code, people read the line.
public final class ApiException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final int status;
  private final String type;
  private final String code;
  private final transient Optional<String> parameter;

  /// An error.
  ///
  /// @param status of HTTP
  /// @param type the kind of error, as `invalid_request_error`
  /// @param code what exactly, one word
  /// @param parameter which field of the request is meant; empty where it is none
  /// @param message one line: what is wrong, and the way out
  public ApiException(
      int status, String type, String code, Optional<String> parameter, String message) {
    super(message, null, false, false); // made for many requests, and nobody reads its stack
    this.status = status;
    this.type = type;
    this.code = code;
    this.parameter = parameter;
  }

  /// A request that is wrong.
  ///
  /// @param parameter the field that is wrong
  /// @param code what exactly, one word
  /// @param message one line
  /// @return an error of status 400
  public static ApiException invalid(String parameter, String code, String message) {
    return new ApiException(400, "invalid_request_error", code, Optional.of(parameter), message);
  }

  /// A failure that is not the caller's.
  ///
  /// @param status of HTTP, from 500 on
  /// @param code what exactly, one word
  /// @param message one line
  /// @return the error
  public static ApiException failed(int status, String code, String message) {
    return new ApiException(status, "server_error", code, Optional.empty(), message);
  }

  /// The status of HTTP.
  ///
  /// @return from 400 to 599
  public int status() {
    return status;
  }

  /// The kind of error.
  ///
  /// @return such as `invalid_request_error`
  public String type() {
    return type;
  }

  /// What exactly is wrong.
  ///
  /// @return one word
  public String code() {
    return code;
  }

  /// The field that is meant.
  ///
  /// @return its name, as `topdraw.n`
  public Optional<String> parameter() {
    return parameter;
  }

  /// The line for a person.
  ///
  /// @return the message
  public String line() {
    return String.valueOf(getMessage());
  }
}
