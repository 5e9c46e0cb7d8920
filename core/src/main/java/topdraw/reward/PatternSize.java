package topdraw.reward;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayDeque;
import java.util.Deque;

/// How large an RE2 pattern would be when compiled, told without compiling it: counts written out.
/// Of a pattern that does not parse, any numbers.
///
/// @param instructions about the instructions of the program, at most [#BEYOND]
/// @param repeats the largest product of counts inside counts, at most [#BEYOND]
/// @param depth how deep parentheses nest
record PatternSize(long instructions, long repeats, int depth) {
  /// Where counting ends.
  static final long BEYOND = 1_000_000_000;

  private static final int LONGEST_COUNT = 16;
  private static final int LONGEST_HEAD = 100;
  private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,6})(,(\\d{0,6}))?\\}");
  private static final Pattern GROUP_HEAD =
      Pattern.compile("\\(\\?(?:P?<[^>)]*>|[-a-zA-Z]*(?::|(\\))))");

  static PatternSize of(String pattern) {
    return new Scan(pattern).size();
  }

  /// What a group, or an alternative of one, holds so far; the last atom stands apart, since a
  /// count may follow.
  private static final class Level {
    private long before;
    private long atom;
    private long repeatsBefore = 1;
    private long atomRepeats = 1;

    void add(long size, long repeats) {
      before = Math.min(BEYOND, before + atom);
      repeatsBefore = Math.max(repeatsBefore, atomRepeats);
      atom = size;
      atomRepeats = repeats;
    }

    /// @param optional whether the atom may also come less often, which is a branch each
    void repeat(long times, boolean optional) {
      atom = Math.min(BEYOND, (atom + (optional ? 1 : 0)) * Math.max(1, times));
      atomRepeats = Math.min(BEYOND, atomRepeats * Math.max(1, times));
    }

    long size() {
      return Math.min(BEYOND, before + atom);
    }

    long repeats() {
      return Math.max(repeatsBefore, atomRepeats);
    }
  }

  private static final class Scan {
    private final String pattern;
    private final Deque<Level> open = new ArrayDeque<>();
    private Level level = new Level();
    private int depth;
    private int at;

    Scan(String pattern) {
      this.pattern = pattern;
    }

    PatternSize size() {
      while (at < pattern.length()) {
        step(pattern.charAt(at));
      }
      while (!open.isEmpty()) {
        close();
      }
      return new PatternSize(level.size(), level.repeats(), depth);
    }

    private void step(char c) {
      switch (c) {
        case '\\' -> escape();
        case '[' -> characterClass();
        case '(' -> group();
        case ')' -> {
          if (!open.isEmpty()) close();
          at++;
        }
        case '{' -> count();
        case '*', '+', '?' -> {
          level.repeat(1, true);
          at++;
        }
        default -> { // '|' is an instruction too
          level.add(1, 1);
          at++;
        }
      }
    }

    private void escape() {
      char escaped = at + 1 < pattern.length() ? pattern.charAt(at + 1) : ' ';
      if (escaped == 'Q') {
        int end = pattern.indexOf("\\E", at);
        int stop = end < 0 ? pattern.length() : end;
        level.add(Math.max(0, stop - at - 2), 1);
        at = end < 0 ? stop : end + 2;
        return;
      }
      level.add(1, 1);
      at += 2;
      if ("pPx".indexOf(escaped) >= 0 && at < pattern.length() && pattern.charAt(at) == '{') {
        int end = pattern.indexOf('}', at);
        at = end < 0 ? pattern.length() : end + 1;
      }
    }

    private void characterClass() {
      int i = at + 1;
      if (i < pattern.length() && pattern.charAt(i) == '^') i++;
      if (i < pattern.length() && pattern.charAt(i) == ']') i++;
      while (i < pattern.length() && pattern.charAt(i) != ']') {
        int named = pattern.startsWith("[:", i) ? pattern.indexOf(":]", i + 2) : -1;
        i = named >= 0 ? named + 2 : pattern.charAt(i) == '\\' ? i + 2 : i + 1;
      }
      level.add(1, 1);
      at = i + 1;
    }

    private void group() {
      Matcher head = GROUP_HEAD.matcher(ahead(LONGEST_HEAD));
      boolean special = head.lookingAt();
      if (special && head.group(1) != null) {
        at += head.end(); // flags alone, as in (?i)
        return;
      }
      open.push(level);
      level = new Level();
      depth = Math.max(depth, open.size());
      at += special ? head.end() : 1;
    }

    private void close() {
      Level inside = level;
      level = open.pop();
      level.add(inside.size() + 2, inside.repeats());
    }

    private void count() {
      Matcher count = COUNT.matcher(ahead(LONGEST_COUNT));
      if (!count.lookingAt()) {
        level.add(1, 1);
        at++;
        return;
      }
      long times = Long.parseLong(count.group(1));
      boolean exactly = count.group(2) == null;
      String most = exactly || count.group(3).isEmpty() ? count.group(1) : count.group(3);
      level.repeat(Math.max(times, Long.parseLong(most)), !exactly);
      at += count.end();
    }

    private String ahead(int characters) {
      return pattern.substring(at, Math.min(pattern.length(), at + characters));
    }
  }
}
