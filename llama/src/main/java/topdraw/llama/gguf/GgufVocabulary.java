package topdraw.llama.gguf;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// The tokens of a GGUF header. The native code asserts that no two are alike, and looks for bytes
/// among them without asking whether they are there.
final class GgufVocabulary {
  private static final int TOKEN_BYTES = 1 << 16;

  private final GgufReader in;
  private final Set<String> tokens = new HashSet<>();
  private long count;

  GgufVocabulary(GgufReader in) {
    this.in = in;
  }

  /// Reads the tokens at the cursor.
  void read(long number) throws IOException {
    for (long i = 0; i < number; i++) {
      long place = in.position();
      String token = in.string("a token", TOKEN_BYTES);
      // So the native code names what has no name.
      if (token.isEmpty()) token = "[EMPTY_" + i + "]";
      if (token.indexOf('\0') >= 0) throw in.refuse(place, "a token has a byte 0 in it");
      if (!tokens.add(token)) {
        throw in.refuse(place, "the token " + GgufMetadata.shown(token) + " comes twice");
      }
    }
    count = number;
  }

  long count() {
    return count;
  }

  /// A vocabulary of the SentencePiece kind spells what it has no token for in bytes.
  void requireBytes() {
    for (int i = 0; i < 256; i++) {
      String named = "<0x%02X>".formatted(i);
      boolean plain = i > 0 && i < 0x80 && tokens.contains(Character.toString(i));
      if (!plain && !tokens.contains(named)) {
        throw in.refuse(in.position(), "the tokens lack the byte " + named);
      }
    }
  }
}
