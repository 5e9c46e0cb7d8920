package topdraw.llama.file;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/// Words for what the operating system and the network report: the JDK often gives only a path, or
/// nothing.
public final class Faults {
  private static final int LONGEST = 240;

  private Faults() {}

  /// Why reading, writing or fetching failed.
  ///
  /// @param fault what was caught
  /// @return one line, in words
  public static String reason(IOException fault) {
    return switch (fault) {
      case NoSuchFileException _ -> "no such file";
      case FileAlreadyExistsException _ -> "a file of that name is in the way";
      case AccessDeniedException _ -> "access denied";
      case UnknownHostException _ -> "host not found";
      case FileSystemException f when f.getReason() != null ->
          oneLine(Objects.requireNonNull(f.getReason()));
      default -> oneLine(Objects.requireNonNullElse(fault.getMessage(), kind(fault)));
    };
  }

  /// Foreign text made fit for one line of a terminal: no control characters, no credentials from a
  /// URL, no unbounded length.
  ///
  /// @param text anything
  /// @return at most 241 characters
  public static String oneLine(String text) {
    String clean =
        text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ")
            .replaceAll("//[^/@\\s]+@", "//***@")
            .strip();
    return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean;
  }

  private static String kind(IOException fault) {
    return switch (fault) {
      case HttpConnectTimeoutException _ -> "connecting took too long";
      case ConnectException _ -> "connection refused or host unreachable";
      default -> fault.getClass().getSimpleName();
    };
  }
}
