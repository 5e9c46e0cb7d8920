package topdraw.attack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Damages what is well formed: the same seed, the same damage.
public final class Mutation {
  private static final String[] HOSTILE = {
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "\\",
    ",",
    ":",
    "*",
    "|",
    "\0",
    "\n",
    "\r\n",
    "\u001b[2J",
    "\uFEFF",
    "\uD83D\uDE00",
    "null",
    "-1",
    "0",
    "1e308",
    "1e999",
    "NaN",
    "9223372036854775808",
    "{1000}",
    "${x}",
    "../",
    "%n%s"
  };

  private final RandomGenerator random;

  /// @param seed replays the damage
  public Mutation(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /// The generator behind it, for what a test draws itself.
  ///
  /// @return one state with this object's
  public RandomGenerator random() {
    return random;
  }

  /// One of several.
  ///
  /// @param <T> what they are
  /// @param choices at least one
  /// @return one of them
  @SafeVarargs
  public final <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /// A text with one to four injuries: pieces cut, doubled, moved, or put in.
  ///
  /// @param text what is well formed
  /// @return what need not be
  public String of(String text) {
    StringBuilder damaged = new StringBuilder(text);
    for (int injuries = random.nextInt(1, 5); injuries > 0; injuries--) {
      int from = random.nextInt(damaged.length() + 1);
      int to = Math.min(damaged.length(), from + (1 << random.nextInt(8)));
      String piece = damaged.substring(from, to);
      switch (random.nextInt(6)) {
        case 0 -> damaged.delete(from, to);
        case 1 -> damaged.insert(from, piece.repeat(random.nextInt(1, 40)));
        case 2 -> damaged.insert(random.nextInt(damaged.length() + 1), piece);
        case 3 -> damaged.insert(from, oneOf(HOSTILE).repeat(1 << random.nextInt(12)));
        case 4 -> damaged.setLength(from);
        default -> damaged.insert(from, oneOf(HOSTILE));
      }
    }
    return damaged.toString();
  }

  /// Bytes with one to four injuries: cut, doubled, flipped, overwritten.
  ///
  /// @param bytes what is well formed
  /// @return what need not be
  public byte[] of(byte[] bytes) {
    byte[] damaged = bytes.clone();
    for (int injuries = random.nextInt(1, 5); injuries > 0 && damaged.length > 0; injuries--) {
      int at = random.nextInt(damaged.length);
      switch (random.nextInt(5)) {
        case 0 -> damaged = Arrays.copyOf(damaged, at);
        case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> damaged[at] = (byte) random.nextInt(256);
        case 3 -> damaged = inserted(damaged, at, oneOf(HOSTILE).getBytes(StandardCharsets.UTF_8));
        default -> {
          int to = Math.min(damaged.length, at + (1 << random.nextInt(10)));
          damaged = inserted(damaged, at, Arrays.copyOfRange(damaged, at, to));
        }
      }
    }
    return damaged;
  }

  /// Lines with one to three injuries: taken away, doubled, swapped, joined, broken, left empty,
  /// ended another way, or one of them damaged.
  ///
  /// @param text lines, each with its line feed
  /// @return what need not be such
  public String linesOf(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("(?<=\n)")));
    for (int injuries = random.nextInt(1, 4); injuries > 0 && !lines.isEmpty(); injuries--) {
      int at = random.nextInt(lines.size());
      int other = random.nextInt(lines.size());
      String line = lines.get(at);
      switch (random.nextInt(10)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(other, line);
        case 2 -> Collections.swap(lines, at, other);
        case 3 -> lines.set(at, line.strip());
        case 4 -> lines.set(at, new StringBuilder(line).insert(line.length() / 2, '\n').toString());
        case 5 ->
            lines.add(at, oneOf("\n", "  \n", "\r\n", "\0\n", "\uFEFF\n", "{}\n", "[]\n", "7\n"));
        case 6 -> lines.replaceAll(each -> each.replace("\n", "\r\n"));
        case 7 -> lines.subList(Math.min(at, other), Math.max(at, other)).clear();
        default -> lines.set(at, of(line.stripTrailing()) + oneOf("", "\n", "\n"));
      }
    }
    return String.join("", lines);
  }

  private static byte[] inserted(byte[] bytes, int at, byte[] more) {
    byte[] result = new byte[bytes.length + more.length];
    System.arraycopy(bytes, 0, result, 0, at);
    System.arraycopy(more, 0, result, at, more.length);
    System.arraycopy(bytes, at, result, at + more.length, bytes.length - at);
    return result;
  }
}
