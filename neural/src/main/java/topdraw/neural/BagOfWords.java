package topdraw.neural;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A text's words, counted, weighed by how rare they are, and a linear classifier over them:
///
///     x_w = tf_w idf_w / |tf idf|_2,   P(c) = softmax_c(W x + b)
///
/// as scikit-learn's `TfidfVectorizer` and `LogisticRegression` have it once converted to ONNX. Words
/// are runs of ASCII letters, digits and `_` in lower case; words that were not in what it learned
/// from count for nothing, and of a text that has no other it says what it says of none.
final class BagOfWords {
  private final Map<String, Integer> words;
  private final float[] rarity;
  private final float[] coefficients;
  private final float[] intercepts;

  private BagOfWords(
      Map<String, Integer> words, float[] rarity, float[] coefficients, float[] intercepts) {
    this.words = words;
    this.rarity = rarity;
    this.coefficients = coefficients;
    this.intercepts = intercepts;
  }

  /// Reads the weights of a graph of that shape.
  ///
  /// @throws IllegalArgumentException if the graph has another shape
  static BagOfWords read(OnnxGraph graph) {
    List<String> pool = graph.strings("TfIdfVectorizer", "pool_strings");
    long[] places = graph.integers("TfIdfVectorizer", "ngram_indexes");
    float[] rarity = graph.floats("idfcst");
    float[] coefficients = graph.floats("LinearClassifier", "coefficients");
    float[] intercepts = graph.floats("LinearClassifier", "intercepts");
    if (pool.size() != places.length
        || rarity.length != pool.size()
        || intercepts.length == 0
        || coefficients.length != intercepts.length * rarity.length) {
      throw new IllegalArgumentException("the weights do not fit each other");
    }
    Map<String, Integer> words = HashMap.newHashMap(pool.size());
    for (int w = 0; w < places.length; w++) {
      words.put(pool.get(w), Math.toIntExact(places[w]));
    }
    return new BagOfWords(words, rarity, coefficients, intercepts);
  }

  /// How likely a text is of each class.
  ///
  /// @return probabilities that sum to 1
  double[] probabilities(String text) {
    Map<Integer, Integer> counts = counts(text);
    double squares = 0;
    for (var word : counts.entrySet()) {
      double weight = word.getValue() * (double) rarity[word.getKey()];
      squares += weight * weight;
    }
    var logits = new double[intercepts.length];
    for (int c = 0; c < logits.length; c++) {
      for (var word : counts.entrySet()) {
        double x = word.getValue() * (double) rarity[word.getKey()] / Math.sqrt(squares);
        logits[c] += x * coefficients[c * rarity.length + word.getKey()];
      }
      logits[c] += intercepts[c];
    }
    return softmax(logits);
  }

  private Map<Integer, Integer> counts(String text) {
    Map<Integer, Integer> counts = new HashMap<>();
    int from = 0;
    StringBuilder lower = new StringBuilder(text.length() + 1);
    // One character at a time, as the converted model has it: the Kelvin sign becomes a k.
    for (int i = 0; i < text.length(); i++) lower.append(Character.toLowerCase(text.charAt(i)));
    lower.append(' ');
    for (int i = 0; i < lower.length(); i++) {
      if (!isOfAWord(lower.charAt(i))) {
        Integer word = i > from ? words.get(lower.substring(from, i)) : null;
        if (word != null) counts.merge(word, 1, Integer::sum);
        from = i + 1;
      }
    }
    return counts;
  }

  private static boolean isOfAWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private static double[] softmax(double[] logits) {
    double most = Double.NEGATIVE_INFINITY;
    for (double logit : logits) most = Math.max(most, logit);
    double sum = 0;
    for (int c = 0; c < logits.length; c++) {
      logits[c] = Math.exp(logits[c] - most);
      sum += logits[c];
    }
    for (int c = 0; c < logits.length; c++) logits[c] /= sum;
    return logits;
  }
}
