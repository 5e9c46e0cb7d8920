package topdraw.reward;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.regex.RegularExpression;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;

/// 1 where the completion is one JSON document that is valid under a schema, else 0. The document
/// may stand alone or as the only content of a fence: three backticks, with or without `json`.
///
/// A schema names its dialect by `$schema`; the default is draft 2020-12, and what that dialect
/// does not allow is refused. Nothing a schema refers to is fetched, from disk or network. Patterns
/// are RE2, linear in the text. Numbers are doubles; where a larger one cannot be judged, or the
/// schema takes too many steps ([BoundedValidation]), the score is missing.
final class JsonSchema implements Reward {
  private final String name;
  private final JsonNode source;
  private final Schema schema;

  private JsonSchema(String name, JsonNode source, Schema schema) {
    this.name = name;
    this.source = source;
    this.schema = schema;
  }

  /// @param name the reward's name
  /// @param text the schema, a JSON document
  /// @throws InputException if it is not a schema, saying why
  static JsonSchema of(String name, String text) {
    JsonNode source = Json.read(text);
    if (!source.isObject() && !source.isBoolean()) {
      throw new InputException(Problem.MALFORMED, "a JSON Schema is an object, or true or false");
    }
    try {
      Schema schema = closed().getSchema(source);
      List<Error> errors = BoundedValidation.errors(dialect(source), source);
      if (!errors.isEmpty()) {
        throw new InputException(Problem.MALFORMED, "not a JSON Schema: " + errors.getFirst());
      }
      schema.initializeValidators();
      // So that a reference that only leads to itself shows now, or one that leads everywhere.
      BoundedValidation.errors(schema, NullNode.instance);
      return new JsonSchema(name, source, schema);
    } catch (SchemaException e) {
      String said =
          e.getCause() instanceof InputException ours ? ours.getMessage() : e.getMessage();
      throw new InputException(Problem.MALFORMED, "not a usable JSON Schema: " + said).by(e);
    } catch (StackOverflowError e) {
      throw new InputException(
              Problem.MALFORMED, "a reference leads only to itself, or through too many others")
          .by(e);
    } catch (InputException e) {
      throw e;
    } catch (RuntimeException e) {
      // The library throws whatever its arithmetic throws, at numbers that a schema chooses.
      throw new InputException(Problem.MALFORMED, "not a usable JSON Schema: " + e.getMessage())
          .by(e);
    }
  }

  /// Schemas that can refer to nothing but themselves.
  private static SchemaRegistry closed() {
    var config =
        SchemaRegistryConfig.builder().regularExpressionFactory(JsonSchema::linearTime).build();
    return SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12,
        registry ->
            registry
                .schemaRegistryConfig(config)
                .schemaLoader(loader -> loader.block(address -> true)));
  }

  /// What a schema of this one's dialect has to look like; comes with the library.
  private static Schema dialect(JsonNode source) {
    String name =
        source.path("$schema").asString(SpecificationVersion.DRAFT_2020_12.getDialectId());
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(SchemaLocation.of(name));
  }

  private static RegularExpression linearTime(String pattern) {
    try {
      return LinearPattern.of(pattern)::isIn;
    } catch (InputException e) {
      throw InputException.at("the schema's pattern", e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public RewardIdentity identity() {
    return RewardIdentity.of(name, "networknt 3.0.1", source);
  }

  @Override
  public List<Score> score(PromptDraws prompt) {
    return prompt.draws().stream()
        .map(draw -> draw.text().map(this::score).orElse(EachReward.NO_TEXT))
        .toList();
  }

  private Score score(String text) {
    Optional<JsonNode> document = FencedJson.document(text);
    if (document.isEmpty()) {
      return new Score.Value(0);
    }
    try {
      return new Score.Value(BoundedValidation.errors(schema, document.get()).isEmpty() ? 1 : 0);
    } catch (RuntimeException | StackOverflowError e) {
      // The library throws whatever its arithmetic throws, at numbers that a completion chooses.
      return new Score.Missing("the schema could not be applied: " + e.getMessage());
    }
  }
}
