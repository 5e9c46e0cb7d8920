package topdraw.recordings.run;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;

/// The checksum that ends a line of a run: `,"check":"…"}`, the first 16 hex digits of the SHA-256
/// of the line as it would be without it. It finds what was changed by accident or by an editor; it
/// is no signature.
final class LineChecksum {
  static final String FIELD = "check";
  private static final String BEFORE = ",\"" + FIELD + "\":\"";
  private static final String AFTER = "\"}";
  private static final String MEND = "; bring the file back from a copy, or draw the run anew";
  private static final int DIGITS = 16;
  private static final int LENGTH = BEFORE.length() + DIGITS + AFTER.length();

  private LineChecksum() {}

  /// A line with its checksum.
  ///
  /// @param line a JSON object
  static String added(String line) {
    return line.substring(0, line.length() - 1) + BEFORE + of(line) + AFTER;
  }

  /// The checksum of a text.
  static String of(String text) {
    return Json.sha256(text).substring(0, DIGITS);
  }

  /// Holds a line to its checksum.
  ///
  /// @param line its bytes, without the line feed
  /// @param json what it holds
  /// @param demanded whether it must have one; a run of an earlier version has none
  /// @throws InputException if it has been changed
  static void check(byte[] line, JsonNode json, boolean demanded) {
    if (!json.has(FIELD)) {
      if (demanded) {
        throw new InputException(
            Problem.CONFLICT, "the line has lost its checksum, \"" + FIELD + "\"" + MEND);
      }
      return;
    }
    int end = Math.max(0, line.length - LENGTH);
    String before = new String(line, 0, end, StandardCharsets.UTF_8) + "}";
    if (!Arrays.equals(line, added(before).getBytes(StandardCharsets.UTF_8))) {
      throw new InputException(
          Problem.CONFLICT, "the line is not as it was written: its checksum differs" + MEND);
    }
  }
}
