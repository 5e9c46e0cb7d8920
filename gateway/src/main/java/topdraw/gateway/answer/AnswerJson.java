package topdraw.gateway.answer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Score;
import topdraw.gateway.Answer;
import topdraw.gateway.choose.Chosen;
import topdraw.gateway.draw.Candidate;
import topdraw.gateway.question.Options.Told;
import topdraw.gateway.question.Question;
import topdraw.json.Json;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.words.json.FindingJson;

/// An answer as the body of a response: what a client of OpenAI reads, and the object `topdraw`.
public final class AnswerJson {
  private final Confidence confidence;

  /// Answers with intervals of a confidence.
  ///
  /// @param confidence of intervals and certificates
  public AnswerJson(Confidence confidence) {
    this.confidence = confidence;
  }

  /// The whole answer.
  ///
  /// @param answer the answer
  /// @param created when, in seconds since 1970
  /// @return the body
  public ObjectNode whole(Answer answer, long created) {
    boolean chat = answer.question().chat();
    ObjectNode json =
        head(
            answer.run(), answer.question(), created, chat ? "chat.completion" : "text_completion");
    var choices = json.putArray("choices");
    for (int i = 0; i < answer.parts().size(); i++) choices.add(choice(answer, i));
    json.set("usage", Json.mapper().valueToTree(usage(answer)));
    json.set("topdraw", Json.mapper().valueToTree(topdraw(answer)));
    return json;
  }

  /// What every chunk and every whole answer begins with.
  ///
  /// @param run names the answer
  /// @param question what was asked
  /// @param created when, in seconds since 1970
  /// @param object what it is called
  /// @return the beginning
  static ObjectNode head(String run, Question question, long created, String object) {
    return Json.mapper()
        .createObjectNode()
        .put("id", (question.chat() ? "chatcmpl-" : "cmpl-") + run)
        .put("object", object)
        .put("created", created)
        .put("model", question.model());
  }

  /// One choice as its model's server gave it.
  ///
  /// @param answer the answer
  /// @param index which of its choices
  /// @return a choice of OpenAI's interface
  static ObjectNode choice(Answer answer, int index) {
    ObjectNode choice = answer.parts().get(index).chosen().winner().choice().deepCopy();
    choice.put("index", index);
    if (!answer.question().likely()) choice.putNull("logprobs");
    if (choice.path("message") instanceof ObjectNode message) {
      if (!message.has("role")) message.put("role", "assistant");
      // Fields that OpenAI's interface has whether or not they say something; not every server
      // does.
      for (String name : List.of("content", "refusal")) {
        if (!message.has(name)) message.putNull(name);
      }
    }
    return choice;
  }

  /// All that was paid for: the tokens of every candidate.
  ///
  /// @param answer the answer
  /// @return the counts
  static Map<String, Object> usage(Answer answer) {
    long prompt =
        candidates(answer).map(Candidate::promptTokens).mapToInt(t -> t.orElse(0)).max().orElse(0);
    long drawn = answer.parts().stream().mapToLong(part -> part.chosen().tokensDrawn()).sum();
    Map<String, Object> usage = new LinkedHashMap<>();
    usage.put("prompt_tokens", prompt);
    usage.put("completion_tokens", drawn);
    usage.put("total_tokens", prompt + drawn);
    return usage;
  }

  private static Stream<Candidate> candidates(Answer answer) {
    return answer.parts().stream().flatMap(part -> part.chosen().candidates().stream());
  }

  /// What is known of the answer. Of several answers the first one's stands outside, and `answers`
  /// has all.
  ///
  /// @param answer the answer
  /// @return the object `topdraw`
  public Map<String, Object> topdraw(Answer answer) {
    List<Map<String, Object>> parts =
        answer.parts().stream().map(part -> part(answer, part)).toList();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run_id", answer.run());
    json.putAll(parts.getFirst());
    json.put("seed", answer.seed());
    if (parts.size() > 1) json.put("answers", parts);
    return json;
  }

  private Map<String, Object> part(Answer answer, Answer.Part part) {
    Chosen chosen = part.chosen();
    boolean own = part.plan().n() == 1;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("method", part.plan().method().word());
    json.put("sentence", own ? "the model's own answer, one draw" : chosen.sentence());
    json.put("n_requested", answer.options().n().orElse(part.plan().n()));
    json.put("n", part.plan().n());
    part.plan().blockTokens().ifPresent(tokens -> json.put("block_tokens", tokens));
    json.put("n_drawn", chosen.drawn());
    json.put("n_scored", chosen.drawn() - chosen.unscored());
    json.put("n_failed", chosen.mishaps().failures().size());
    json.put("n_cancelled", chosen.mishaps().cancelled());
    json.put("stopped_by", chosen.stopped() ? "threshold" : "n");
    json.put("winner_index", chosen.winnerIndex());
    json.put("reward", reward(part));
    json.put("findings", FindingJson.of(own ? List.of() : chosen.findings(confidence)));
    part.entry().ifPresent(nats -> json.put("ledger_entry_nats", nats));
    json.put("logprob", logProbability(chosen.winner()));
    chosen.logProbabilities().ifPresent(worth -> json.put("log_probabilities", worth));
    json.put("tokens", tokens(chosen));
    Told told = answer.options().candidates().orElse(Told.NONE);
    if (told != Told.NONE) {
      json.put("candidates", chosen.candidates().stream().map(c -> candidate(c, told)).toList());
    }
    json.put("warnings", warnings(part));
    return json;
  }

  /// How far the first answer drifted, for a header: the estimate where there is one, else what is
  /// proven.
  ///
  /// @param answer the answer
  /// @return such as `1.4658280 estimate`; empty where it is the model's own
  public Optional<String> drift(Answer answer) {
    Answer.Part part = answer.parts().getFirst();
    if (part.plan().n() == 1) return Optional.empty();
    return part.chosen().findings(confidence).stream()
        .filter(finding -> finding.quantity() == Quantity.KL)
        .reduce(
            (one, other) ->
                one.role() != Role.VALUE
                        && (other.role() == Role.VALUE || other.value() < one.value())
                    ? other
                    : one)
        .map(finding -> finding.value() + " " + finding.evidence().word());
  }

  private static Map<String, Object> reward(Answer.Part part) {
    Map<String, Object> reward = new LinkedHashMap<>();
    reward.put("name", part.plan().reward().name());
    reward.put("value", value(part.chosen().winner()));
    return reward;
  }

  private static @Nullable Double value(Candidate candidate) {
    return candidate.draw().score() instanceof Score.Value(double value) ? value : null;
  }

  private static @Nullable Double logProbability(Candidate candidate) {
    return candidate.draw().logProbability().proves()
        ? (Double) candidate.draw().logProbability().floor()
        : null;
  }

  private static Map<String, Object> tokens(Chosen chosen) {
    long drawn = chosen.tokensDrawn();
    long winner = chosen.winner().tokens().orElse(0);
    Map<String, Object> tokens = new LinkedHashMap<>();
    tokens.put("drawn", drawn);
    tokens.put("winner", winner);
    tokens.put("wasted", drawn - winner);
    return tokens;
  }

  /// One candidate, chosen or not.
  ///
  /// @param candidate the candidate
  /// @param told how much is told of it
  /// @return what the list `candidates` has of it
  public static Map<String, Object> candidate(Candidate candidate, Told told) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("i", candidate.draw().index());
    json.put("reward", value(candidate));
    if (candidate.draw().score() instanceof Score.Missing(String reason)) {
      json.put("error", reason);
    }
    json.put("logprob", logProbability(candidate));
    OptionalInt tokens = candidate.tokens();
    json.put("tokens", tokens.isPresent() ? tokens.getAsInt() : null);
    json.put("finish_reason", candidate.draw().finish().word().orElse(null));
    if (told == Told.FULL) json.put("text", candidate.draw().text().orElse(null));
    return json;
  }

  private static List<String> warnings(Answer.Part part) {
    Chosen chosen = part.chosen();
    Chosen.Mishaps mishaps = chosen.mishaps();
    Stream<String> failed =
        mishaps.failures().isEmpty()
            ? Stream.of()
            : Stream.of(
                "%d of %d draws failed and the answer was chosen among the others: %s"
                    .formatted(
                        mishaps.failures().size(), part.plan().n(), mishaps.failures().getLast()));
    Stream<String> again =
        mishaps.redrawn() == 0
            ? Stream.of()
            : Stream.of(
                "%d draws failed and were drawn again; what is told holds if failing has nothing to do"
                        .formatted(mishaps.redrawn())
                    + " with what was being said");
    Stream<String> words = part.plan().n() == 1 ? Stream.of() : chosen.warning().stream();
    return Stream.of(part.plan().warnings().stream(), failed, again, words)
        .flatMap(stream -> stream)
        .toList();
  }
}
