package topdraw.gateway.question;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.gateway.question.Options.Told;
import topdraw.json.Json;
import topdraw.selection.SelectionRequest;

/// Reads how an answer is to be chosen: from the object `topdraw` of a request, from its headers,
/// from an alias of the operator's file.
public final class OptionsReader {
  /// The fields of the object.
  public static final Set<String> NAMES =
      Set.of(
          "method",
          "n",
          "reward",
          "threshold",
          "max_draws",
          "temperature",
          "mean",
          "block_tokens",
          "max_kl_nats",
          "seed",
          "candidates",
          "deadline_ms");

  private static final String HEADER = "X-Topdraw-";
  private static final int MOST_MILLIS = 3_600_000;

  private OptionsReader() {}

  /// Reads an object.
  ///
  /// @param object the object; a missing one says nothing
  /// @param path what its fields are called by, as `topdraw.`
  /// @return what it says
  /// @throws ApiException if a field is unknown, or is not what it has to be
  public static Options of(JsonNode object, String path) {
    if (object.isMissingNode() || object.isNull()) return Options.NONE;
    if (!object.isObject()) {
      throw ApiException.invalid(
          "topdraw",
          "invalid_type",
          "topdraw is an object, as {\"n\": 16}, was " + object.getNodeType());
    }
    Fields fields = new Fields(object, path);
    fields.requireKnown(NAMES);
    int most = SelectionRequest.MOST_DRAWS;
    return new Options(
        word(fields, "method", Method.values(), Method::word),
        fields.whole("n", 1, most),
        fields.text("reward"),
        fields.number("threshold", -Double.MAX_VALUE, Double.MAX_VALUE),
        fields.whole("max_draws", 1, most),
        fields.number("temperature", Double.MIN_VALUE, Double.MAX_VALUE),
        fields.number("mean", Double.MIN_VALUE, most / 2.0),
        fields.whole("block_tokens", 1, most),
        fields.number("max_kl_nats", 0, Double.MAX_VALUE),
        fields.seed("seed"),
        word(fields, "candidates", Told.values(), told -> told.name().toLowerCase(Locale.ROOT)),
        fields.whole("deadline_ms", 1, MOST_MILLIS));
  }

  private static <T> Optional<T> word(
      Fields fields, String name, T[] values, Function<T, String> words) {
    return fields
        .text(name)
        .map(
            said ->
                Arrays.stream(values)
                    .filter(value -> words.apply(value).equals(said))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            ApiException.invalid(
                                fields.path() + name,
                                "invalid_value",
                                "%s%s is one of %s, was \"%s\""
                                    .formatted(
                                        fields.path(),
                                        name,
                                        Stream.of(values)
                                            .map(words)
                                            .collect(Collectors.joining(", ")),
                                        Fields.shortly(said)))));
  }

  /// Reads headers such as `X-Topdraw-N: 16`, for clients that can set nothing else.
  ///
  /// @param header the value of a header by its name; empty where it was not sent
  /// @return what they say
  /// @throws ApiException if one is not what it has to be
  public static Options ofHeaders(Function<String, Optional<String>> header) {
    ObjectNode object = Json.mapper().createObjectNode();
    for (String name : NAMES) {
      header
          .apply(HEADER + name.replace('_', '-'))
          .ifPresent(
              value -> {
                switch (name) {
                  case "method", "reward", "candidates" -> object.put(name, value);
                  default -> object.set(name, numberOf(name, value.strip()));
                }
              });
    }
    return of(object, HEADER);
  }

  private static JsonNode numberOf(String name, String value) {
    try {
      return value.matches("-?[0-9]{1,18}")
          ? Json.mapper().getNodeFactory().numberNode(Long.parseLong(value))
          : Json.mapper().getNodeFactory().numberNode(Double.parseDouble(value));
    } catch (NumberFormatException e) {
      throw ApiException.invalid(
          HEADER + name,
          "invalid_value",
          HEADER + name + " is a number, was " + Fields.shortly(value));
    }
  }
}
