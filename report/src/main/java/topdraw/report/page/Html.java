package topdraw.report.page;

import java.util.ArrayDeque;
import java.util.Deque;

/// HTML as it is written, element by element. Every text and every attribute value is escaped, so
/// what a model or a user wrote can only become a text node.
final class Html {
  private final StringBuilder out = new StringBuilder(1 << 16);
  private final Deque<String> open = new ArrayDeque<>();

  /// Starts an element; attributes are names and values in turn.
  Html open(String tag, String... attributes) {
    start(tag, attributes);
    open.push(tag);
    return this;
  }

  Html close() {
    out.append("</").append(open.pop()).append(">\n");
    return this;
  }

  /// An element that holds only text.
  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /// An element that holds nothing and has no end tag, such as `meta`.
  Html empty(String tag, String... attributes) {
    start(tag, attributes);
    out.append('\n');
    return this;
  }

  Html text(String text) {
    escape(text);
    return this;
  }

  /// A script or a style: our own bytes, which HTML takes as they are.
  Html verbatim(String tag, String content, String... attributes) {
    if (content.contains("</" + tag) || content.contains("<!--") || content.contains("\r")) {
      throw new IllegalArgumentException("this text would end or change the " + tag + " it is in");
    }
    start(tag, attributes);
    out.append(content).append("</").append(tag).append(">\n");
    return this;
  }

  /// What was written so far, which stands inside a document of others.
  String part() {
    return out.toString();
  }

  String page() {
    return "<!doctype html>\n" + out;
  }

  private void start(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
    out.append('>');
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        case '\t', '\n' -> out.append(c);
        // A control character has no look of its own, and HTML drops or forbids it: show its
        // picture.
        default -> out.append(c < ' ' ? (char) ('\u2400' + c) : c);
      }
    }
  }
}
