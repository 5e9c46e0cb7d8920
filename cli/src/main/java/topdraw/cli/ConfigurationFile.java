package topdraw.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;
import topdraw.input.GivenFile;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.words.Spelling;
import topdraw.words.Visible;

/// The user's settings on disk: `key = value` for every command, or below `[command]` for one.
///
/// @param path where it is, or would be
/// @param values by dotted key, `max-tokens` or `sample.max-tokens`; empty if there is no file
record ConfigurationFile(Path path, Map<String, String> values) {
  /// Bytes of a settings file.
  private static final int LONGEST = 1 << 20;

  ConfigurationFile {
    values = Map.copyOf(values);
  }

  /// `TOPDRAW_CONFIG`, else `topdraw/config.toml` in `XDG_CONFIG_HOME`, else in `~/.config`.
  static Path path(Map<String, String> environment) {
    return named(environment)
        .orElseGet(
            () ->
                value(environment, "XDG_CONFIG_HOME")
                    .filter(Path::isAbsolute) // the XDG specification has relative paths ignored
                    .orElseGet(() -> home(environment).resolve(".config"))
                    .resolve("topdraw")
                    .resolve("config.toml"));
  }

  static ConfigurationFile read(Map<String, String> environment) {
    Path path = path(environment);
    try {
      Map<String, String> values = new LinkedHashMap<>();
      if (!Files.exists(path)) {
        if (named(environment).isPresent()) {
          throw new InputException(Problem.MISSING, "TOPDRAW_CONFIG: there is no file " + path);
        }
        return new ConfigurationFile(path, Map.of());
      }
      flatten(path, "", new TomlMapper().readTree(GivenFile.text(path, LONGEST)), values);
      return new ConfigurationFile(path, values);
    } catch (IOException e) {
      throw new InputException(Problem.MALFORMED, path + ": cannot be read as UTF-8 text").by(e);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new InputException(
              Problem.MALFORMED,
              path + ":" + line + ": not TOML: " + Visible.oneLine(e.getOriginalMessage(), 120))
          .by(e);
    }
  }

  /// Refuses a key that no command has.
  ///
  /// @param known the keys of all commands
  /// @param elsewhere what keys begin with that are known elsewhere; empty if there are none
  void check(Collection<String> known, String elsewhere) {
    for (String key : values.keySet()) {
      boolean passed = !elsewhere.isEmpty() && key.startsWith(elsewhere);
      if (!passed && !known.contains(key)) {
        throw new InputException(
            Problem.UNKNOWN,
            path
                + ": unknown key \""
                + key
                + "\"; near it: "
                + String.join(", ", Spelling.near(key, known))
                + "; topdraw doctor --settings shows all");
      }
    }
  }

  private static void flatten(Path path, String prefix, JsonNode node, Map<String, String> values) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = prefix + entry.getKey();
      if (entry.getValue().isObject()) {
        flatten(path, key + ".", entry.getValue(), values);
      } else if (entry.getValue().isValueNode()) {
        values.put(key, entry.getValue().asString());
      } else {
        throw new InputException(
            Problem.MALFORMED,
            path + ": \"" + key + "\" takes one value; give several on the command line");
      }
    }
  }

  /// Whether there is one, or one is named.
  static boolean mayBeThere(Map<String, String> environment) {
    return named(environment).isPresent() || Files.exists(path(environment));
  }

  private static Optional<Path> named(Map<String, String> environment) {
    return value(environment, "TOPDRAW_CONFIG");
  }

  private static Path home(Map<String, String> environment) {
    return value(environment, "HOME").orElse(Path.of(System.getProperty("user.home")));
  }

  private static Optional<Path> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank()).map(Path::of);
  }
}
