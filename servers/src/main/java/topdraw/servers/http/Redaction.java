package topdraw.servers.http;

import java.util.regex.Pattern;

/// Takes what looks like a key out of a text, and line breaks and control characters with it.
final class Redaction {
  private static final Pattern KEYS =
      Pattern.compile(
          "(?i)\\b(sk|pk|hf|gsk|xai)[-_][a-z0-9_*.-]{6,}"
              + "|\\b(bearer|basic)\\s+[^\\s\"',;<>]{4,}"
              + "|(?<=api[-_ ]?key[\"']?\\s{0,3}[:=]\\s{0,3}[\"']?)[^\\s\"',;<>]{4,}"
              + "|(?<=://)[^\\s/@:]*:[^\\s/@]*@");

  private Redaction() {}

  /// A text as one line that may be shown.
  ///
  /// @param text anything a server said
  /// @return the text, keys as `***`
  static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean blank = Character.isWhitespace(c) || Character.isISOControl(c);
      if (blank) {
        gap = true;
      } else if (Character.getType(c) != Character.FORMAT) {
        if (gap && !line.isEmpty()) line.append(' ');
        gap = false;
        line.append(c);
      }
    }
    return KEYS.matcher(line).replaceAll("***");
  }

  /// The same, without one key that is known, whatever it looks like.
  static String of(String text, String key) {
    return of(key.isEmpty() ? text : text.replace(key, "***"));
  }
}
