package topdraw.reward;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// An RE2 pattern small enough that compiling it and matching with it end soon, whoever wrote it.
///
/// RE2 matches in time linear in the text, but the factor is the size of the compiled pattern, and
/// counts multiply it: `((a{1000}){1000}){1000}` is a thousand million instructions. As in RE2
/// itself, nested counts may come to [#MOST_REPEATS].
public final class LinearPattern {
  /// Characters of a pattern.
  static final int LONGEST = 10_000;

  /// Parentheses inside parentheses.
  static final int DEEPEST = 200;

  /// Counts inside counts, multiplied.
  static final int MOST_REPEATS = 1_000;

  /// Instructions of the compiled pattern: 20,000 take about a second for 5,000 characters of text.
  static final int MOST_INSTRUCTIONS = 20_000;

  private final Pattern compiled;

  private LinearPattern(Pattern compiled) {
    this.compiled = compiled;
  }

  /// Compiles a pattern.
  ///
  /// @param pattern an RE2 pattern
  /// @return the pattern
  /// @throws InputException if it does not parse or is too large, saying why
  public static LinearPattern of(String pattern) {
    if (pattern.length() > LONGEST) {
      throw new InputException(
          Problem.TOO_LARGE,
          "a pattern has at most %,d characters, was %,d".formatted(LONGEST, pattern.length()));
    }
    PatternSize size = PatternSize.of(pattern);
    if (size.depth() > DEEPEST) {
      throw new InputException(
          Problem.TOO_LARGE,
          "parentheses nest at most %d deep in a pattern, here %d"
              .formatted(DEEPEST, size.depth()));
    }
    if (size.repeats() > MOST_REPEATS) {
      throw new InputException(
          Problem.TOO_LARGE,
          "counts, multiplied where they nest, come to at most %,d in a pattern, here %,d"
              .formatted(MOST_REPEATS, size.repeats()));
    }
    if (size.instructions() > MOST_INSTRUCTIONS) {
      throw tooLarge(size.instructions());
    }
    return new LinearPattern(compiled(pattern));
  }

  private static Pattern compiled(String pattern) {
    try {
      Pattern compiled = Pattern.compile(pattern);
      if (compiled.programSize() > 2 * MOST_INSTRUCTIONS) {
        throw tooLarge(compiled.programSize());
      }
      compiled.matcher("").find(); // follows whatever can be empty: deep where the pattern is
      return compiled;
    } catch (PatternSyntaxException e) {
      throw new InputException(
              Problem.MALFORMED,
              e.getDescription()
                  + " in \""
                  + e.getPattern()
                  + "\"; RE2 has no look-around and no back-references")
          .by(e);
    } catch (StackOverflowError e) {
      throw new InputException(
              Problem.TOO_LARGE, "the pattern nests too deeply, or too much of it can be empty")
          .by(e);
    }
  }

  private static InputException tooLarge(long instructions) {
    return new InputException(
        Problem.TOO_LARGE,
        "the pattern comes to %,d steps a character, and at most %,d are run; make its counts smaller"
            .formatted(instructions, MOST_INSTRUCTIONS));
  }

  /// The pattern, for whoever asks more of it than whether it is found.
  Pattern pattern() {
    return compiled;
  }

  /// Whether the pattern is found anywhere in a text.
  ///
  /// @param text the text
  /// @return whether it is
  public boolean isIn(String text) {
    return compiled.matcher(text).find();
  }
}
