package topdraw.recordings.imports;

import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.file.LineReader;

/// JSON as other programs write it.
final class ForeignJson {
  /// Files of any length; Python writes NaN into them, which is a missing number here.
  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(100)
                          .maxStringLength(LineReader.LONGEST)
                          .build())
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private ForeignJson() {}

  /// Reads a line.
  ///
  /// @param whole whether the line's end was there, as it must be but in the last one
  /// @return null where it is empty
  /// @throws Unparsed if it is no JSON
  /// @throws InputException if the file ends within it
  static @Nullable JsonNode line(String place, byte[] line, boolean whole) throws Unparsed {
    try {
      String words = LineReader.utf8(line);
      return words.isBlank() ? null : MAPPER.readTree(words);
    } catch (CharacterCodingException e) {
      throw new Unparsed("not UTF-8", e);
    } catch (JacksonException e) {
      if (!whole) {
        throw new InputException(
                Problem.MALFORMED, place + ": the file ends early, within this line: " + reason(e))
            .by(e);
      }
      throw new Unparsed("not JSON: " + reason(e), e);
    }
  }

  /// What the parser says to a person, without where it looked: the place says that.
  static String reason(JacksonException e) {
    return String.valueOf(e.getOriginalMessage())
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst(" \\(start marker at .*", "");
  }
}
