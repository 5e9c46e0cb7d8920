package topdraw.servers.reward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import topdraw.draw.Prompt;
import topdraw.draw.Score;
import topdraw.reference.Judge;
import topdraw.reference.Verdict;
import topdraw.servers.http.AtOnce;
import topdraw.servers.http.ServerClient;
import topdraw.servers.http.ServerException;

/// A judge on any server that speaks `/v1/chat/completions`: asked at temperature 0, several
/// questions at once.
///
/// A verdict is the whole reply, or what stands in double brackets in it, once: `7`, `[[7]]`. Where
/// the server tells the log-probabilities of other tokens at the verdict's place, the verdict is
/// weighed. A server that answers nothing is not asked for ever. A reply that was cut, or holds no
/// verdict or two, is none.
final class ChatJudge implements Judge, AutoCloseable {
  private static final Pattern BRACKETS = Pattern.compile("\\[\\[\\s*(\\w+)\\s*]]");
  private static final Pattern AROUND =
      Pattern.compile("^[\\s\"'*.:()\\[\\]]+|[\\s\"'*.:()\\[\\]]+$");
  private static final int TOP = 20;
  private static final int SHOWN = 80;

  private final ServerClient client;
  private final String model;
  private final int maxTokens;
  private final AtOnce atOnce;
  private final Patience patience;

  /// Whether the server refused to tell log-probabilities.
  private volatile boolean untold;

  ChatJudge(ServerClient client, String model, int maxTokens, int atOnce) {
    this.client = client;
    this.model = model;
    this.maxTokens = maxTokens;
    this.atOnce = new AtOnce(atOnce);
    patience = new Patience(client.server());
  }

  @Override
  public String model() {
    return model;
  }

  /// {@inheritDoc}
  ///
  /// Only of what the server tells the log-probabilities of both answers.
  @Override
  public List<Score> logOdds(List<Prompt> questions, String yes, String no) {
    return verdicts(questions, List.of(yes, no)).stream().map(ChatJudge::odds).toList();
  }

  private static Score odds(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Weighed(List<Double> w) when w.stream().allMatch(Double::isFinite) ->
          Score.of(w.get(0) - w.get(1));
      case Verdict.Missing(String reason) -> new Score.Missing(reason);
      case Verdict.Weighed weighed -> untold();
      case Verdict.Said said -> untold();
    };
  }

  private static Score untold() {
    return new Score.Missing("the server does not tell how likely both answers are");
  }

  @Override
  public List<Verdict> verdicts(List<Prompt> questions, List<String> answers) {
    return atOnce.ask(
        questions.stream()
            .<Supplier<Verdict>>map(question -> () -> verdict(question, answers))
            .toList());
  }

  private Verdict verdict(Prompt question, List<String> answers) {
    Optional<String> over = patience.over();
    if (over.isPresent()) return new Verdict.Missing(over.get());
    try {
      JsonNode reply = asked(question);
      patience.answered();
      return read(reply, answers);
    } catch (ServerException e) {
      patience.failed(e.failure());
      return new Verdict.Missing(e.failure().line());
    }
  }

  /// Some servers and models tell no log-probabilities, and refuse to be asked for them.
  private JsonNode asked(Prompt question) {
    boolean tell = !untold;
    try {
      return client.post("/v1/chat/completions", body(question, tell)).json();
    } catch (ServerException e) {
      int status = e.failure().status();
      if (!tell || !(status == 400 || status == 403 || status == 422)) throw e;
      if (!e.failure().body().contains("logprob")) throw e;
      untold = true;
      return client.post("/v1/chat/completions", body(question, false)).json();
    }
  }

  private Map<String, Object> body(Prompt question, boolean tell) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", model);
    body.put("messages", List.of(Map.of("role", "user", "content", question.display())));
    body.put("temperature", 0);
    body.put("max_tokens", maxTokens);
    body.put("stream", false);
    if (tell) {
      body.put("logprobs", true);
      body.put("top_logprobs", TOP);
    }
    return body;
  }

  static Verdict read(JsonNode reply, List<String> answers) {
    JsonNode choice = reply.path("choices").path(0);
    String text = choice.path("message").path("content").asString("");
    if (!choice.path("finish_reason").asString("").equals("stop")) {
      return new Verdict.Missing(
          "the judge's reply did not end by itself ("
              + choice.path("finish_reason").asString("no reason")
              + "): "
              + shown(text));
    }
    Optional<String> said = said(text).filter(answers::contains);
    if (said.isEmpty())
      return new Verdict.Missing("the judge's reply is no verdict: " + shown(text));
    JsonNode place = place(choice.path("logprobs").path("content"), said.get());
    return place == null
        ? new Verdict.Said(answers.indexOf(said.get()))
        : weighed(place, said.get(), answers);
  }

  /// What is said once, and nothing else beside it.
  private static Optional<String> said(String text) {
    Matcher brackets = BRACKETS.matcher(text);
    List<String> found = new ArrayList<>();
    while (brackets.find()) found.add(brackets.group(1));
    if (found.isEmpty()) return Optional.of(AROUND.matcher(text).replaceAll(""));
    return found.stream().distinct().count() == 1
        ? Optional.of(found.getFirst())
        : Optional.empty();
  }

  /// Where the verdict was drawn: inside the first brackets, else the first token that is it. What
  /// is said again later follows from what was said.
  private static @Nullable JsonNode place(JsonNode tokens, String said) {
    StringBuilder text = new StringBuilder();
    for (JsonNode token : tokens) text.append(token.path("token").asString(""));
    Matcher brackets = BRACKETS.matcher(text);
    int from = brackets.find() ? brackets.start(1) : 0;
    int end = 0;
    for (JsonNode token : tokens) {
      end += token.path("token").asString("").length();
      if (end > from && word(token).equals(said)) return token;
    }
    return null;
  }

  private static String word(JsonNode token) {
    return token.path("token").asString("").strip();
  }

  private static Verdict weighed(JsonNode place, String said, List<String> answers) {
    // A token with a blank before it and one without are the same answer; the one drawn may be left
    // out of the list, or be in it.
    double[] mass = new double[answers.size()];
    boolean listed = false;
    for (JsonNode top : place.path("top_logprobs")) {
      int answer = answers.indexOf(word(top));
      double nats = top.path("logprob").asDouble(Double.NaN);
      if (answer >= 0 && nats <= 0) {
        mass[answer] += Math.exp(nats);
        listed |= word(top).equals(said);
      }
    }
    double own = place.path("logprob").asDouble(Double.NaN);
    if (!listed && own <= 0) mass[answers.indexOf(said)] += Math.exp(own);
    return mass[answers.indexOf(said)] > 0
        ? new Verdict.Weighed(Arrays.stream(mass).map(Math::log).boxed().toList())
        : new Verdict.Said(answers.indexOf(said));
  }

  private static String shown(String text) {
    return text.isBlank()
        ? "nothing"
        : "\"" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + "\"";
  }

  @Override
  public void close() {
    client.close();
  }
}
