package topdraw.gateway.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The lines of a TOML file, to say where a key stands: parsers forget it.
///
/// @param file the file
/// @param lines its lines
record Lines(Path file, List<String> lines) {
  private static final Pattern TABLE = Pattern.compile("\\s*\\[([^\\[].*)]\\s*(#.*)?");
  private static final Pattern KEY =
      Pattern.compile("\\s*(\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+)\\s*=.*");
  private static final Pattern PART = Pattern.compile("\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9_-]+)");

  Lines {
    lines = List.copyOf(lines);
  }

  /// The file and the line of a key, else of the table that it would stand in.
  ///
  /// @param table the keys that lead to the table
  /// @param key the key
  String place(List<String> table, String key) {
    List<String> at = List.of();
    int head = 1;
    for (int i = 0; i < lines.size(); i++) {
      Matcher begins = TABLE.matcher(lines.get(i));
      if (begins.matches()) {
        at = parts(begins.group(1));
        List<String> full = new ArrayList<>(table);
        full.add(key);
        if (at.equals(full)) return place(i + 1);
        if (at.equals(table)) head = i + 1;
        continue;
      }
      Matcher one = KEY.matcher(lines.get(i));
      if (!one.matches()) continue;
      String name = parts(one.group(1)).getFirst();
      List<String> here = new ArrayList<>(at);
      here.add(name);
      // A key of the table, or a table written on one line.
      if (at.equals(table) && name.equals(key)) return place(i + 1);
      if (here.equals(table)) head = i + 1;
    }
    return place(head);
  }

  private String place(int line) {
    return file + ":" + line;
  }

  private static List<String> parts(String keys) {
    List<String> parts = new ArrayList<>();
    Matcher part = PART.matcher(keys);
    while (part.find()) {
      parts.add(
          part.group(1) != null
              ? part.group(1)
              : part.group(2) != null ? part.group(2) : part.group(3));
    }
    return parts.isEmpty() ? List.of("") : parts;
  }
}
