package topdraw.json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// The program's JSON mapper: records in and out, sizes of foreign documents limited.
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxDocumentLength(256L << 20)
                          .maxNestingDepth(100)
                          .maxStringLength(16 << 20)
                          .build())
                  .build())
          .build();

  private static final JsonMapper CANONICAL =
      MAPPER.rebuild().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Json() {}

  /// The mapper, for reading and writing trees and records.
  ///
  /// @return the shared mapper; safe for many threads
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /// Writes a value on one line.
  ///
  /// @param value a record, map, list, string or number
  /// @return its JSON
  public static String line(Object value) {
    return whole(MAPPER.writeValueAsString(value));
  }

  /// Halves of surrogate pairs are escaped: as bytes they would all be one question mark, and two
  /// texts the same.
  private static String whole(String json) {
    for (int i = 0; i < json.length(); i++) {
      if (Character.isSurrogate(json.charAt(i))) {
        return escaped(json, i);
      }
    }
    return json;
  }

  private static String escaped(String json, int from) {
    StringBuilder out = new StringBuilder(json.length() + 12).append(json, 0, from);
    for (int i = from; i < json.length(); i++) {
      char c = json.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < json.length()
          && Character.isLowSurrogate(json.charAt(i + 1))) {
        out.append(c).append(json.charAt(++i));
      } else if (Character.isSurrogate(c)) {
        out.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /// Writes a value on one line with all keys in order, for hashing.
  ///
  /// @param value a record, map, list, string or number
  /// @return its JSON
  public static String canonical(Object value) {
    // Through plain maps, because only those are written in the order of their keys.
    return whole(CANONICAL.writeValueAsString(MAPPER.convertValue(value, Object.class)));
  }

  /// The SHA-256 of a text's UTF-8 bytes.
  ///
  /// @param text the text
  /// @return 64 lower-case hex digits
  public static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The SHA-256 of bytes.
  ///
  /// @param bytes the bytes
  /// @return 64 lower-case hex digits
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /// A digest for many byte strings one after the other.
  ///
  /// @return SHA-256, of nothing yet
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// Reads one JSON document.
  ///
  /// @param text the document
  /// @return its tree
  /// @throws InputException if it is not JSON, naming the place
  public static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new InputException(Problem.MALFORMED, "not JSON: " + reason(e)).by(e);
    }
  }

  /// What the parser says, without the names of its settings.
  private static String reason(JacksonException e) {
    return String.valueOf(e.getOriginalMessage())
        .replaceFirst(
            "^Non-standard token '([^']*)'.*",
            "$1 is no number in JSON; where there is none, write null")
        .replaceFirst("^Trailing token.*", "something follows the value, and one is expected")
        .replaceFirst(": enable `[^`]*` to allow.*", "");
  }
}
