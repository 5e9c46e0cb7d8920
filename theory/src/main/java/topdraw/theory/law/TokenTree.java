package topdraw.theory.law;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// A reference policy that writes token by token, small enough to write out every text: tokens are
/// numbers from 0, and 0 ends a text.
///
/// @param vocabulary how many tokens there are, the end included, at least 2
/// @param mostTokens the most tokens of a text, its end included: after that many less one the end
///   is certain; at least 1
/// @param next the law of the next token after a prefix, a weight for each token
public record TokenTree(int vocabulary, int mostTokens, Function<List<Integer>, double[]> next) {
  /// The token that ends a text.
  public static final int END = 0;

  /// Checks the sizes.
  public TokenTree {
    if (vocabulary < 2 || mostTokens < 1 || Math.pow(vocabulary, mostTokens) > 1e7) {
      throw new IllegalArgumentException(
          "a tree needs 2 tokens or more and few enough texts to write out, had vocabulary "
              + vocabulary
              + " and mostTokens "
              + mostTokens);
    }
  }

  /// Every text with its log-probability: what the policy writes in the end.
  ///
  /// @return log-probabilities in nats by text, each text with its end
  public Map<List<Integer>, Double> texts() {
    return continuations(List.of(), mostTokens);
  }

  /// Every continuation of a prefix by `tokens` tokens, or fewer up to the end, with its
  /// log-probability given the prefix.
  ///
  /// @param prefix tokens written so far, none of them the end
  /// @param tokens how many to add at most, at least 1
  /// @return log-probabilities in nats by continuation
  public Map<List<Integer>, Double> continuations(List<Integer> prefix, int tokens) {
    Map<List<Integer>, Double> found = new LinkedHashMap<>();
    extend(prefix, prefix.size(), tokens, 0, found::put);
    return found;
  }

  private void extend(
      List<Integer> text,
      int from,
      int tokens,
      double logP,
      BiConsumer<List<Integer>, Double> found) {
    if (tokens == 0 || (!text.isEmpty() && text.getLast() == END)) {
      found.accept(List.copyOf(text.subList(from, text.size())), logP);
      return;
    }
    double[] logNext = logNext(text);
    for (int token = 0; token < vocabulary; token++) {
      if (logNext[token] > Double.NEGATIVE_INFINITY) {
        extend(with(text, List.of(token)), from, tokens - 1, logP + logNext[token], found);
      }
    }
  }

  private double[] logNext(List<Integer> prefix) {
    if (prefix.size() == mostTokens - 1) {
      var ended = new double[vocabulary];
      Arrays.fill(ended, Double.NEGATIVE_INFINITY);
      ended[END] = 0;
      return ended;
    }
    double[] weights = next.apply(prefix);
    if (weights.length != vocabulary) {
      throw new IllegalArgumentException(
          "the law after " + prefix + " needs " + vocabulary + " weights, had " + weights.length);
    }
    return OutcomeTable.ofProbabilities(weights).logProbabilities();
  }

  /// A text and what follows it.
  ///
  /// @param text tokens written so far
  /// @param more the tokens after them
  /// @return both
  public static List<Integer> with(List<Integer> text, List<Integer> more) {
    return Stream.concat(text.stream(), more.stream()).toList();
  }
}
