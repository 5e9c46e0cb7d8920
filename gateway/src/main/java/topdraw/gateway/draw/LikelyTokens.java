package topdraw.gateway.draw;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Tokens;
import topdraw.json.Json;

/// The tokens of a completion and how likely each was, as a choice's `logprobs`.
///
/// All that were drawn are there, so that they sum to the completion's log-probability: the end
/// token too, which has no text, and those of a text that one of `stop` has cut. What else might
/// have been drawn is not known.
///
/// @param pieces what each token adds to the text, bytes of UTF-8; a character may need several
/// @param logProbabilities in nats
record LikelyTokens(List<byte[]> pieces, double[] logProbabilities) {

  static LikelyTokens of(Tokens.Ids tokens, IntFunction<byte[]> bytes) {
    return new LikelyTokens(
        IntStream.of(tokens.ids()).mapToObj(bytes).toList(), tokens.logProbabilities());
  }

  /// For a conversation.
  ObjectNode chat() {
    ObjectNode json = Json.mapper().createObjectNode();
    ArrayNode content = json.putArray("content");
    for (int i = 0; i < pieces.size(); i++) {
      ObjectNode token =
          content.addObject().put("token", text(i)).put("logprob", logProbabilities[i]);
      ArrayNode bytes = token.putArray("bytes");
      for (byte one : pieces.get(i)) bytes.add(Byte.toUnsignedInt(one));
      token.putArray("top_logprobs");
    }
    return json.putNull("refusal");
  }

  /// For a text that is continued.
  ObjectNode text() {
    ObjectNode json = Json.mapper().createObjectNode();
    ArrayNode tokens = json.putArray("tokens");
    ArrayNode likely = json.putArray("token_logprobs");
    ArrayNode offsets = json.putArray("text_offset");
    int begun = 0;
    for (int i = 0; i < pieces.size(); i++) {
      byte[] piece = pieces.get(i);
      tokens.add(text(i));
      likely.add(logProbabilities[i]);
      // What goes on with a character stands where that does.
      offsets.add(piece.length > 0 && goesOn(piece[0]) ? Math.max(0, begun - 1) : begun);
      for (byte one : piece) {
        if (!goesOn(one)) begun++;
      }
    }
    return json;
  }

  private String text(int index) {
    return new String(pieces.get(index), StandardCharsets.UTF_8);
  }

  /// Whether a byte of UTF-8 belongs to a character that one before it began.
  private static boolean goesOn(byte one) {
    return (one & 0xC0) == 0x80;
  }
}
