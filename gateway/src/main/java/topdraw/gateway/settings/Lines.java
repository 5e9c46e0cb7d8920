package topdraw.gateway.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where the keys of a TOML file stand: parsers forget it. Reads what a parser has found right.
final class Lines {
  private final Path file;
  private final String text;
  private final Map<List<String>, Integer> places = new HashMap<>();
  private int at;

  /// @param file the file
  /// @param text what it holds
  Lines(Path file, String text) {
    this.file = file;
    this.text = text;
    List<String> table = List.of();
    for (blank(true); at < text.length(); blank(true)) {
      if (!take('[')) {
        pair(table);
        continue;
      }
      take('[');
      table = key(List.of());
      take(']');
      take(']');
    }
  }

  /// The file and the line of a key, else of the table that it would stand in.
  ///
  /// @param table the keys that lead to the table
  /// @param key the key
  String place(List<String> table, String key) {
    List<String> path = new ArrayList<>(table);
    path.add(key);
    while (!path.isEmpty() && !places.containsKey(path)) path.removeLast();
    int end = places.getOrDefault(path, 0);
    return file + ":" + (1 + text.substring(0, end).chars().filter(c -> c == '\n').count());
  }

  private void pair(List<String> table) {
    int before = at;
    List<String> key = key(table);
    take('=');
    value(key);
    if (at == before) at++; // nothing that is known: never for ever
  }

  /// A key, its parts joined by dots, below a table.
  private List<String> key(List<String> table) {
    List<String> path = new ArrayList<>(table);
    int begins;
    do {
      blank(false);
      begins = at;
      path.add(part());
      places.putIfAbsent(List.copyOf(path), begins);
    } while (take('.'));
    places.put(List.copyOf(path), begins);
    return List.copyOf(path);
  }

  private String part() {
    int begins = at;
    if (quoted()) return text.substring(begins + 1, Math.max(begins + 1, at - 1));
    while (at < text.length() && (Character.isLetterOrDigit(here()) || "_-".indexOf(here()) >= 0)) {
      at++;
    }
    return text.substring(begins, at);
  }

  private void value(List<String> path) {
    blank(false);
    if (take('{')) {
      for (blank(true); at < text.length() && !take('}'); blank(true)) {
        if (!take(',')) pair(path);
      }
    } else if (take('[')) {
      for (blank(true); at < text.length() && !take(']'); blank(true)) {
        int before = at;
        if (!take(',')) value(path);
        if (at == before) at++;
      }
    } else if (!quoted()) {
      while (at < text.length() && ",]}#\n".indexOf(here()) < 0) at++;
    }
  }

  /// A text in quotes of either kind, on one line or on several.
  private boolean quoted() {
    if (at >= text.length() || (here() != '"' && here() != '\'')) return false;
    String quote = text.substring(at, at + 1);
    String end = text.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
    at += end.length();
    while (at < text.length() && !text.startsWith(end, at)) {
      at += here() == '\\' && quote.equals("\"") ? 2 : 1;
    }
    at = Math.min(text.length(), at + end.length());
    // Quotes right before the end belong to the text.
    while (end.length() == 3 && at < text.length() && here() == quote.charAt(0)) at++;
    return true;
  }

  /// Passes over what says nothing.
  private void blank(boolean lines) {
    while (at < text.length()) {
      if (here() == '#' && lines) {
        while (at < text.length() && here() != '\n') at++;
      } else if (" \t".indexOf(here()) >= 0 || (lines && "\r\n\ufeff".indexOf(here()) >= 0)) {
        at++;
      } else {
        return;
      }
    }
  }

  private boolean take(char c) {
    blank(false);
    boolean there = at < text.length() && here() == c;
    if (there) at++;
    return there;
  }

  private char here() {
    return text.charAt(at);
  }
}
