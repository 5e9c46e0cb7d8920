package topdraw.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import topdraw.estimate.RoundFindings;
import topdraw.selection.Round;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;

/// What an answer of [BestOfNChatModel] was chosen among, and what is known of it. Id, model and
/// reason are the answer's own; tokens are those of all draws, for all were paid for.
public final class BestOfNMetadata extends ChatResponseMetadata {
  private final ChatResponseMetadata answer;
  private final Round round;

  BestOfNMetadata(ChatResponseMetadata answer, TokenUsage paid, Round round) {
    super(
        ChatResponseMetadata.builder()
            .id(answer.id())
            .modelName(answer.modelName())
            .tokenUsage(paid)
            .finishReason(answer.finishReason()));
    this.answer = answer;
    this.round = round;
  }

  /// What the model said of the answer.
  ///
  /// @return its own metadata
  public ChatResponseMetadata answer() {
    return answer;
  }

  /// The draws and the choice.
  ///
  /// @return all that was drawn, scored, and which was chosen
  public Round round() {
    return round;
  }

  /// What is known of the answer, at the usual confidence.
  ///
  /// @return drift first, then win rate
  public List<Finding> findings() {
    return findings(Confidence.DEFAULT);
  }

  /// What is known of the answer: how far such answers drift from the model's own at most, in nats,
  /// and how often they can win against them at most.
  ///
  /// @param confidence of intervals and certificates
  /// @return drift first, then win rate
  public List<Finding> findings(Confidence confidence) {
    return RoundFindings.withEstimate(round, confidence);
  }
}
