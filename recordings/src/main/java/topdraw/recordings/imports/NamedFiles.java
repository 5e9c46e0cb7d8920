package topdraw.recordings.imports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import topdraw.input.GivenFile;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.run.RunFiles;

/// The files that a person names: files, folders of them, patterns.
final class NamedFiles {
  private NamedFiles() {}

  /// All files, each once, in the order named, those of a folder or a pattern in order of name.
  ///
  /// @throws InputException if a name stands for nothing, or two for one file
  static List<Path> of(List<String> inputs) throws IOException {
    List<Path> files = new ArrayList<>();
    Set<Path> real = new HashSet<>();
    for (String input : inputs) {
      for (Path file : files(input)) {
        if (!real.add(GivenFile.lasting(file).toRealPath())) {
          throw new InputException(
              Problem.CONFLICT,
              file + " is named twice, and its samples would count twice; name it once");
        }
        files.add(file);
      }
    }
    return files;
  }

  private static List<Path> files(String input) throws IOException {
    Path path = Path.of(input);
    List<Path> files;
    if (Files.exists(path.resolve(RunFiles.MANIFEST))) {
      throw new InputException(
          Problem.CONFLICT,
          input + " is a run, which is read alone; or name its " + RunFiles.SAMPLES);
    } else if (Files.isDirectory(path)) {
      try (Stream<Path> entries = Files.list(path)) {
        files = entries.filter(p -> RowSource.knows(String.valueOf(p.getFileName()))).toList();
      }
    } else {
      files = Files.exists(path) ? List.of(path) : matching(path, input);
    }
    if (files.isEmpty() && Files.isDirectory(path)) {
      throw new InputException(
          Problem.MISSING,
          input
              + ": no recording in this folder; give a run folder, or one with JSON Lines, CSV or Parquet");
    }
    if (files.isEmpty()) {
      throw new InputException(
          Problem.UNKNOWN,
          input
              + ": no such file, and no recording in it; give a run folder, JSON Lines, CSV or Parquet");
    }
    return files.stream().sorted().toList();
  }

  private static List<Path> matching(Path path, String input) throws IOException {
    Path root = path;
    while (root != null && root.toString().matches(".*[*?\\[{].*")) {
      root = root.getParent();
    }
    Path folder = root == null ? Path.of("") : root;
    if (folder.equals(path) || !Files.isDirectory(folder)) {
      return List.of();
    }
    Path pattern = root == null ? path : root.relativize(path);
    PathMatcher matcher = matcher(pattern, input);
    int depth = pattern.toString().contains("**") ? Integer.MAX_VALUE : pattern.getNameCount();
    try (Stream<Path> entries = Files.walk(folder, depth)) {
      return entries
          .filter(p -> matcher.matches(folder.relativize(p)) && Files.isRegularFile(p))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static PathMatcher matcher(Path pattern, String input) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException e) {
      throw new InputException(
              Problem.UNKNOWN, input + ": no such file, and no pattern: " + e.getDescription())
          .by(e);
    }
  }
}
