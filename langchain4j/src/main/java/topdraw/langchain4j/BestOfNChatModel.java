package topdraw.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import topdraw.draw.Draw;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.Tokens;
import topdraw.reward.Reward;
import topdraw.selection.Round;
import topdraw.selection.Selector;
import topdraw.theory.law.Selection;

/// The best of n answers of another model, by a reward. What is known of the answer is in its
/// metadata: [BestOfNMetadata].
///
/// That holds where the model answers anew each time: with a temperature above 0, without a fixed
/// seed, behind no cache. At temperature 0 all answers are alike, and one is drawn. The n requests
/// go out side by side; where one fails, so does the call, for the best of fewer would be the
/// answer of another policy. Of equal scores the first wins. Listeners of the model hear of every
/// request.
///
/// As safe for several threads as the model and the reward are.
public final class BestOfNChatModel implements ChatModel {
  private final ChatModel model;
  private final int n;
  private final Reward reward;

  /// The best of n answers of a model.
  ///
  /// @param model answers; asked n times, at once
  /// @param n answers for one, at least 1
  /// @param reward scores them; stays the caller's to close
  /// @throws IllegalArgumentException if `n < 1`
  public BestOfNChatModel(ChatModel model, int n, Reward reward) {
    if (n < 1) throw new IllegalArgumentException("n must be at least 1, was " + n);
    this.model = model;
    this.n = n;
    this.reward = reward;
  }

  /// {@inheritDoc}
  ///
  /// @throws IllegalStateException if no answer has a score, so that none can be called the best
  @Override
  public ChatResponse doChat(ChatRequest request) {
    Double temperature = request.parameters().temperature();
    boolean alike = temperature != null && temperature == 0;
    List<ChatResponse> answers = answers(request, alike ? 1 : n);
    Round round = round(prompt(request), answers);
    ChatResponse best = answers.get(round.chosen());
    TokenUsage paid =
        answers.stream().map(ChatResponse::tokenUsage).reduce(new TokenUsage(), TokenUsage::sum);
    return ChatResponse.builder()
        .aiMessage(best.aiMessage())
        .metadata(new BestOfNMetadata(best.metadata(), paid, round))
        .build();
  }

  private List<ChatResponse> answers(ChatRequest request, int count) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        List<Future<ChatResponse>> coming =
            IntStream.range(0, count)
                .mapToObj(i -> threads.submit(() -> model.chat(request)))
                .toList();
        List<ChatResponse> answers = new ArrayList<>();
        for (Future<ChatResponse> one : coming) answers.add(one.get());
        return answers;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while the model was asked");
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(e.getCause());
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private Round round(Prompt prompt, List<ChatResponse> answers) {
    List<Draw> draws =
        IntStream.range(0, answers.size()).mapToObj(i -> draw(i, answers.get(i))).toList();
    List<Draw> scored = Selector.scored(List.of(reward), PromptDraws.of(prompt, draws));
    int best = Selector.best(scored.stream().map(Draw::score).toList());
    Round round =
        new Round(
            prompt,
            new Selection.BestOfN(scored.size()),
            List.of(reward.name()),
            scored,
            scored.size(),
            best,
            false);
    if (round.unscored() == scored.size()) {
      throw new IllegalStateException(
          "none of %d answers has a score by %s, so none can be called the best: %s"
              .formatted(scored.size(), reward.name(), scored.get(best).score()));
    }
    return round;
  }

  /// Of a model behind LangChain4j no log-probabilities are known.
  private static Draw draw(int index, ChatResponse answer) {
    String text = answer.aiMessage().text();
    Integer tokens = answer.tokenUsage() == null ? null : answer.tokenUsage().outputTokenCount();
    return Draw.of(
        index,
        text == null ? "" : text,
        Tokens.count(tokens == null ? OptionalDouble.empty() : OptionalDouble.of(tokens)),
        LogProbability.missing(),
        FinishReason.of(
            Optional.ofNullable(answer.finishReason())
                .map(reason -> reason.name().toLowerCase(Locale.ROOT))));
  }

  /// What a reward sees of the conversation: its texts.
  private static Prompt prompt(ChatRequest request) {
    return new Prompt.Chat(request.messages().stream().map(BestOfNChatModel::message).toList());
  }

  private static Prompt.Message message(ChatMessage message) {
    return switch (message) {
      case SystemMessage system -> new Prompt.Message("system", system.text());
      case UserMessage user ->
          new Prompt.Message(
              "user", user.hasSingleText() ? user.singleText() : user.contents().toString());
      case AiMessage ai ->
          new Prompt.Message("assistant", ai.text() == null ? ai.toString() : ai.text());
      case ToolExecutionResultMessage result -> new Prompt.Message("tool", result.text());
      default -> new Prompt.Message("user", message.toString());
    };
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return model.defaultRequestParameters();
  }

  @Override
  public ModelProvider provider() {
    return model.provider();
  }

  @Override
  public Set<Capability> supportedCapabilities() {
    return model.supportedCapabilities();
  }
}
