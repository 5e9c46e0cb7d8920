package topdraw.draw;

import java.util.Optional;
import java.util.Set;

/// Why a completion ended: the word that was recorded, and what is known of it. Servers have words
/// of their own, so any word is allowed.
///
/// @param word the word as it was recorded; empty where none was
public record FinishReason(Optional<String> word) {
  /// What servers call the limit on tokens.
  public static final Set<String> CUT_WORDS = Set.of("length", "max_tokens", "max_length");

  /// The policy drew its end token: the completion is whole.
  public static final FinishReason STOP = new FinishReason(Optional.of("stop"));

  /// The limit on tokens cut it: an outcome of its own, the event that an answer begins so.
  public static final FinishReason LENGTH = new FinishReason(Optional.of("length"));

  /// Nobody wrote down why.
  public static final FinishReason NOT_RECORDED = new FinishReason(Optional.empty());

  /// What a word means.
  public enum End {
    /// The policy ended it, by its end token or a text to stop at.
    ENDED,
    /// The limit on tokens cut it.
    CUT,
    /// A filter of contents cut it or took its place.
    FILTERED,
    /// It calls a tool.
    TOOL_CALL,
    /// Something else.
    OTHER,
    /// Not recorded.
    NOT_RECORDED
  }

  /// The reason of a word.
  ///
  /// @param word what was recorded
  /// @return the reason
  public static FinishReason of(String word) {
    return switch (word) {
      case "stop" -> STOP;
      case "length" -> LENGTH;
      default -> new FinishReason(Optional.of(word));
    };
  }

  /// The reason of a word that may be missing.
  ///
  /// @param word what was recorded, if anything
  /// @return the reason
  public static FinishReason of(Optional<String> word) {
    return word.map(FinishReason::of).orElse(NOT_RECORDED);
  }

  /// What is known of it.
  ///
  /// @return what the word means on the servers that use it
  public End end() {
    String said = word.orElse("");
    if (CUT_WORDS.contains(said)) {
      return End.CUT;
    }
    return switch (said) {
      case "" -> End.NOT_RECORDED;
      case "stop", "eos", "eos_token", "end_turn", "stop_sequence", "stop_string" -> End.ENDED;
      case "content_filter" -> End.FILTERED;
      case "tool_calls", "tool_use", "function_call" -> End.TOOL_CALL;
      default -> End.OTHER;
    };
  }

  /// Whether the token limit ended it, as far as is recorded.
  ///
  /// @return true where the word means that
  public boolean cut() {
    return end() == End.CUT;
  }
}
