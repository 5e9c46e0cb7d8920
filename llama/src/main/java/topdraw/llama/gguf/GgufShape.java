package topdraw.llama.gguf;

import java.util.Map;

/// What of a model decides how much memory it takes.
///
/// @param fileBytes the whole file
/// @param cacheNumbers numbers that the key-value cache keeps for a token, over all layers, where
///   every layer keeps every token
/// @param vocabulary how many tokens there are
/// @param width numbers in a token's embedding
/// @param matrices bytes of the weights that rows are multiplied with, by how they are stored, such
///   as `Q4_1`; a table that tokens are only looked up in is none of them
public record GgufShape(
    long fileBytes, long cacheNumbers, long vocabulary, long width, Map<String, Long> matrices) {
  /// Takes a copy of the map.
  public GgufShape {
    matrices = Map.copyOf(matrices);
  }
}
