package topdraw.bench;

import java.util.ArrayList;
import java.util.List;

/// The commands of a script as a shell takes them apart, as far as our pages go: quotes, comments,
/// pipes, redirections and here-documents.
final class ShellScript {
  /// One command of a script.
  ///
  /// @param words its name and arguments, without their quotes; none of a group in parentheses
  /// @param written the files that its output goes to
  record Command(List<String> words, List<String> written) {}

  private static final String ENDS_A_COMMAND = "|&;()\n";

  private final String text;
  private int at;
  private final List<Command> commands = new ArrayList<>();
  private List<String> words = new ArrayList<>();
  private List<String> written = new ArrayList<>();
  private String hereDocument = "";

  private ShellScript(String text) {
    this.text = text;
  }

  static List<Command> commands(String script) {
    return new ShellScript(script).read();
  }

  private List<Command> read() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (ENDS_A_COMMAND.indexOf(c) >= 0) {
        at++;
        end();
        if (c == '\n') skipHereDocument();
      } else if (c == '#') {
        at = lineEnd();
      } else if (text.startsWith("<<", at)) {
        at += 2;
        hereDocument = word();
      } else if (c == '>') {
        at += text.startsWith(">>", at) ? 2 : 1;
        blanks();
        written.add(word());
      } else if (Character.isWhitespace(c) || c == '<') {
        at++;
      } else {
        words.add(word());
      }
    }
    end();
    return commands;
  }

  private void end() {
    if (!words.isEmpty() || !written.isEmpty()) {
      commands.add(new Command(List.copyOf(words), List.copyOf(written)));
    }
    words = new ArrayList<>();
    written = new ArrayList<>();
  }

  private void blanks() {
    while (text.charAt(at) == ' ') at++;
  }

  private int lineEnd() {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  private void skipHereDocument() {
    while (!hereDocument.isEmpty()) {
      int end = lineEnd();
      if (text.substring(at, end).equals(hereDocument)) hereDocument = "";
      at = Math.min(end + 1, text.length());
    }
  }

  private String word() {
    StringBuilder word = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\'' || c == '"') {
        int close = text.indexOf(c, at + 1);
        word.append(text, at + 1, close);
        at = close + 1;
      } else if (Character.isWhitespace(c) || ENDS_A_COMMAND.indexOf(c) >= 0 || c == '>') {
        break;
      } else {
        word.append(c);
        at++;
      }
    }
    return word.toString();
  }
}
