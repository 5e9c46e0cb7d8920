package topdraw.recordings.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;
import topdraw.recordings.path.RowPath;

/// What is known of other programs' files: usual names of columns, and whole layouts. All of it is
/// data, in `layouts.json` beside this class; a further layout is a few lines there and a sample
/// file.
final class Layouts {
  private static final Layouts KNOWN = new Layouts();

  private final Map<Field, List<RowPath>> usual = new EnumMap<>(Field.class);
  private final Map<Field, List<RowPath>> more = new EnumMap<>(Field.class);
  private final List<RowPath> wide;
  private final List<RowPath> policies;
  private final Map<String, List<Pattern>> names = new LinkedHashMap<>();
  private final List<Layout> layouts = new ArrayList<>();

  private Layouts() {
    JsonNode json = read();
    json.get("fields").forEachEntry((field, paths) -> usual.put(Field.of(field), paths(paths)));
    json.get("more").forEachEntry((field, paths) -> more.put(Field.of(field), paths(paths)));
    wide = paths(json.get("wide"));
    policies = paths(json.get("policies"));
    json.get("names")
        .forEachEntry(
            (kind, patterns) ->
                names.put(
                    kind,
                    patterns.valueStream().map(p -> Pattern.compile(p.stringValue())).toList()));
    json.get("layouts").forEach(layout -> layouts.add(Layout.of(layout)));
  }

  private static JsonNode read() {
    try (InputStream in =
        Objects.requireNonNull(Layouts.class.getResourceAsStream("layouts.json"))) {
      return Json.mapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<RowPath> paths(JsonNode texts) {
    return texts.isArray()
        ? texts.valueStream().map(text -> RowPath.of(text.stringValue())).toList()
        : texts.isString() ? List.of(RowPath.of(texts.stringValue())) : List.of();
  }

  static List<RowPath> usual(Field field) {
    return KNOWN.usual.getOrDefault(field, List.of());
  }

  /// Names that count where none of the usual ones is there.
  static List<RowPath> more(Field field) {
    return KNOWN.more.getOrDefault(field, List.of());
  }

  /// Patterns of columns that hold a completion each.
  static List<RowPath> wide() {
    return KNOWN.wide;
  }

  /// Patterns of columns that name the model of a completion each.
  static List<RowPath> policies() {
    return KNOWN.policies;
  }

  /// Whether a column's name is of a kind, such as `policy` or `rater`; of a path its last name
  /// counts.
  static boolean named(String kind, String path) {
    String name = path.replaceAll("\\[[^]]*]", "");
    name = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    for (Pattern pattern : KNOWN.names.getOrDefault(kind, List.of())) {
      if (pattern.matcher(name).matches()) {
        return true;
      }
    }
    return false;
  }

  /// Whether a column tells the policy by its name.
  static boolean policy(String path) {
    return named("policy", path) && !named("not_policy", path);
  }

  /// The layout that rows have.
  static Optional<Layout> of(List<JsonNode> rows) {
    return KNOWN.layouts.stream().filter(layout -> layout.fits(rows)).findFirst();
  }

  static List<Layout> all() {
    return List.copyOf(KNOWN.layouts);
  }
}
