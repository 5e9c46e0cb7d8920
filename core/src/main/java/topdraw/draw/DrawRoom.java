package topdraw.draw;

import java.util.Locale;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// How much memory the draws of one prompt need while they are measured, all at once: what bounds
/// the number of draws of a prompt. Prompts are measured one after the other, so their number does
/// not count here.
public final class DrawRoom {
  /// Bytes that are reckoned for a draw beside its text. With no two rewards equal 32 are kept all
  /// along and some fifty come to be used at once, a hundred where many completions repeat; each
  /// further number of every draw, such as tokens or another reward, takes 16 of the rest.
  public static final long BYTES_A_DRAW = 120;

  private DrawRoom() {}

  /// What some draws need.
  ///
  /// @param draws how many
  /// @param text bytes of their texts that are kept
  /// @return bytes
  public static long needed(long draws, long text) {
    return draws * BYTES_A_DRAW + text;
  }

  /// What draws may take: six tenths of what Java may use. By its defaults two thirds are for what
  /// is kept, and some is needed beside the draws.
  ///
  /// @return bytes
  public static long most() {
    return Runtime.getRuntime().maxMemory() / 10 * 6;
  }

  /// Refuses a prompt whose draws cannot be held.
  ///
  /// @param key the prompt's key
  /// @param draws how many it has
  /// @param text bytes of their texts that are kept
  /// @param most what they may take, in bytes
  /// @return the error
  public static InputException refusal(String key, long draws, long text, long most) {
    long needed = needed(draws, text);
    return new InputException(
        Problem.TOO_LARGE,
        String.format(
            Locale.ROOT,
            "prompt '%s' has %,d draws, which need about %,d MiB of memory at once, of which there"
                + " are %,d; give Java more (TOPDRAW_JAVA_OPTS=-Xmx%dg) or keep fewer draws of this"
                + " prompt",
            key,
            draws,
            needed >> 20,
            most >> 20,
            ((needed / 6 * 10) >> 30) + 1));
  }
}
