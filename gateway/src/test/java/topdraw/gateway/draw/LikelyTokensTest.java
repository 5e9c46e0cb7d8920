package topdraw.gateway.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import topdraw.draw.Tokens;
import topdraw.json.Json;

class LikelyTokensTest {
  private static final byte[] SMILE = "😀".getBytes(StandardCharsets.UTF_8);

  /// A word, a character of two tokens, a word, an end.
  private static final List<byte[]> PIECES =
      List.of(
          "né".getBytes(StandardCharsets.UTF_8),
          new byte[] {SMILE[0], SMILE[1]},
          new byte[] {SMILE[2], SMILE[3]},
          " ok".getBytes(StandardCharsets.UTF_8),
          new byte[0]);

  private static final LikelyTokens LIKELY =
      LikelyTokens.of(
          new Tokens.Ids(new int[] {0, 1, 2, 3, 4}, new double[] {-1, -2, -0.5, -3, -0.25}),
          PIECES::get);

  @Test
  void aConversationsTokensHaveTheirBytes() {
    assertThat(LIKELY.chat())
        .isEqualTo(
            Json.read(
                """
                {"content": [
                  {"token": "né", "logprob": -1.0, "bytes": [110, 195, 169], "top_logprobs": []},
                  {"token": "\uFFFD", "logprob": -2.0, "bytes": [240, 159], "top_logprobs": []},
                  {"token": "\uFFFD\uFFFD", "logprob": -0.5, "bytes": [152, 128], "top_logprobs": []},
                  {"token": " ok", "logprob": -3.0, "bytes": [32, 111, 107], "top_logprobs": []},
                  {"token": "", "logprob": -0.25, "bytes": [], "top_logprobs": []}],
                 "refusal": null}
                """));
  }

  /// The text is né😀 ok: six characters, of which Java counts the fourth twice.
  @Test
  void aTextsTokensHaveTheirPlaces() {
    assertThat(LIKELY.text())
        .isEqualTo(
            Json.read(
                """
                {"tokens": ["né", "\uFFFD", "\uFFFD\uFFFD", " ok", ""],
                 "token_logprobs": [-1.0, -2.0, -0.5, -3.0, -0.25],
                 "text_offset": [0, 2, 2, 3, 6]}
                """));
  }
}
