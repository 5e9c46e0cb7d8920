package topdraw.words.compute;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.theory.quantity.Inputs;
import topdraw.theory.quantity.NamedQuantity;
import topdraw.theory.quantity.Quantities;
import topdraw.words.Spelling;

/// One line of `topdraw compute`: a question in JSON to an answer in JSON. Never fails.
public final class ComputeLine {
  private ComputeLine() {}

  /// Answers line by line; whoever waits for an answer before asking on gets it.
  ///
  /// @param questions a question a line, as [#answer(String)] takes it; blank lines are passed over
  /// @param answers an answer a line
  /// @throws IOException if the questions break or the answers cannot be written
  public static void answer(Reader questions, Writer answers) throws IOException {
    BufferedReader in = new BufferedReader(questions);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (!line.isBlank()) {
        answers.write(answer(line));
        answers.write('\n');
      }
      if (!in.ready()) {
        answers.flush();
      }
    }
    answers.flush();
  }

  /// Answers one question.
  ///
  /// @param line `{"id": …, "quantity": "…", "inputs": {…}}`
  /// @return `{"id": …, "value": …}`, or `{"id": …, "error": "…"}`
  public static String answer(String line) {
    ObjectNode answer = Json.mapper().createObjectNode();
    JsonNode question;
    try {
      question = Json.read(line);
    } catch (IllegalArgumentException e) {
      return failed(answer.putNull("id"), e);
    }
    JsonNode id = question.get("id");
    answer.set("id", id == null ? Json.mapper().nullNode() : id);
    try {
      answer.set("value", value(question));
      return Json.line(answer);
    } catch (RuntimeException e) { // whatever one question does, the next is answered
      return failed(answer, e);
    }
  }

  private static JsonNode value(JsonNode question) {
    JsonNode name = question.get("quantity");
    if (name == null || !name.isString()) {
      throw new InputException(
          Problem.MALFORMED,
          "expected {\"id\": …, \"quantity\": \"a name\", \"inputs\": {…}}, found no name of a quantity");
    }
    NamedQuantity quantity = named(name.stringValue());
    return question.has("prompts")
        ? number(mean(question, quantity))
        : value(quantity, inputs(question, quantity));
  }

  private static NamedQuantity named(String name) {
    return Quantities.named(name)
        .orElseThrow(
            () ->
                new InputException(
                    Problem.UNKNOWN,
                    "unknown quantity \""
                        + name
                        + "\"; near it: "
                        + String.join(", ", Spelling.near(name, names()))
                        + "; topdraw compute --list shows all"));
  }

  private static List<String> names() {
    return Quantities.all().stream().map(NamedQuantity::name).toList();
  }

  /// The mean over prompts, each with inputs of its own besides those of all, as the paper averages
  /// drift and win rate: eq. (1), (28), Corollary 3.2.
  private static double mean(JsonNode question, NamedQuantity quantity) {
    JsonNode prompts = question.get("prompts");
    if (quantity.list() || !prompts.isArray() || prompts.isEmpty()) {
      throw new InputException(
          Problem.MALFORMED,
          quantity.list()
              ? quantity.name() + " is a list; only numbers are averaged over prompts"
              : "\"prompts\" must be a list of objects, each with the inputs of one prompt");
    }
    double[] weights = weights(question.get("weights"), prompts.size());
    double total = Arrays.stream(weights).sum();
    double mean = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        mean += weights[i] / total * quantity.of(merged(question, prompts.get(i)))[0];
      }
    }
    return mean;
  }

  private static Inputs merged(JsonNode question, JsonNode prompt) {
    if (!(prompt instanceof ObjectNode own)) {
      throw new InputException(
          Problem.MALFORMED,
          "\"prompts\" must be a list of objects, each with the inputs of one prompt");
    }
    ObjectNode all = Json.mapper().createObjectNode();
    if (question.get("inputs") instanceof ObjectNode shared) {
      all.setAll(shared);
    }
    return JsonInputs.of(all.setAll(own));
  }

  private static double[] weights(@Nullable JsonNode given, int prompts) {
    if (given == null) {
      double[] equal = new double[prompts];
      Arrays.fill(equal, 1);
      return equal;
    }
    double[] weights = given.valueStream().mapToDouble(w -> w.asDouble(-1)).toArray();
    if (weights.length != prompts
        || !Arrays.stream(weights).allMatch(w -> w >= 0 && w < Double.POSITIVE_INFINITY)
        || !(Arrays.stream(weights).sum() > 0)) {
      throw new InputException(
          Problem.MALFORMED,
          "\"weights\" must be a number of at least 0 for each of the "
              + prompts
              + " prompts, one of them above 0");
    }
    return weights;
  }

  private static Inputs inputs(JsonNode question, NamedQuantity quantity) {
    JsonNode inputs = question.get("inputs");
    if (!(inputs instanceof ObjectNode given)) {
      throw new InputException(
          Problem.MALFORMED, "\"inputs\" must be an object with " + quantity.inputs());
    }
    return JsonInputs.of(given);
  }

  private static JsonNode value(NamedQuantity quantity, Inputs inputs) {
    List<JsonNode> values =
        Arrays.stream(quantity.of(inputs)).mapToObj(ComputeLine::number).toList();
    return quantity.list() ? Json.mapper().createArrayNode().addAll(values) : values.getFirst();
  }

  /// Doubles as they read back; infinities as strings, which JSON has no numbers for.
  private static JsonNode number(double value) {
    if (Double.isNaN(value)) {
      throw new InputException(Problem.MALFORMED, "has no value for these inputs");
    }
    return Double.isInfinite(value)
        ? Json.mapper().getNodeFactory().stringNode(value > 0 ? "inf" : "-inf")
        : Json.mapper().getNodeFactory().numberNode(value + 0.0);
  }

  private static String failed(ObjectNode answer, RuntimeException e) {
    @Nullable String message = e.getMessage();
    return Json.line(answer.put("error", message == null ? e.getClass().getSimpleName() : message));
  }
}
