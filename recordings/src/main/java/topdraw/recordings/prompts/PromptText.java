package topdraw.recordings.prompts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// The words of a prompt, from the command line or from standard input, as UTF-8 and nothing else.
public final class PromptText {
  private static final int MOST_BYTES = 16 << 20;

  private PromptText() {}

  /// Takes the prompt that was given, or reads it.
  ///
  /// @param argument what was given; empty or `-` for what is read
  /// @param in standard input, read to its end; one final line break is not part of the prompt
  /// @return the prompt, not empty
  /// @throws InputException if there is none, or it is not UTF-8
  /// @throws IOException if it cannot be read
  public static String of(Optional<String> argument, InputStream in) throws IOException {
    return argument.isEmpty() || argument.get().equals("-")
        ? from(in)
        : fromArgument(argument.get());
  }

  static String fromArgument(String argument) {
    // Java has put U+FFFD where the bytes of the command line were not UTF-8.
    int bad = argument.indexOf('\uFFFD');
    if (bad >= 0) {
      throw new InputException(
          Problem.MALFORMED,
          "the prompt is not UTF-8 at character "
              + (bad + 1)
              + "; convert it, or give it on"
              + " standard input as UTF-8");
    }
    return notEmpty(argument);
  }

  static String from(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new InputException(
          Problem.TOO_LARGE,
          "the prompt on standard input is longer than " + (MOST_BYTES >> 20) + " MiB");
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CharBuffer text = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(input, text, true);
    if (result.isError()) {
      throw new InputException(
          Problem.MALFORMED,
          "the prompt on standard input is not UTF-8 at byte "
              + (input.position() + 1)
              + "; convert it, for example with iconv -t UTF-8");
    }
    String prompt = text.flip().toString();
    return notEmpty(prompt.endsWith("\n") ? prompt.substring(0, prompt.length() - 1) : prompt);
  }

  private static String notEmpty(String prompt) {
    if (prompt.isBlank()) {
      throw new InputException(
          Problem.MISSING, "the prompt is empty; give it in quotes, or on standard input");
    }
    return prompt;
  }
}
