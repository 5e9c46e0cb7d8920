package topdraw.recordings.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.recordings.path.RowPath;

/// A second file whose rows complete those of the first: scores, prompts or answers.
///
/// @param file the second file
/// @param keys what is equal in rows that belong together
public record Join(Path file, List<Key> keys) {
  /// Copies the list.
  public Join {
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new InputException(
          Problem.MALFORMED, "--join needs --on, such as --on id or --on id=other_id");
    }
  }

  /// A value of a row, and the equal one of the other file's row.
  ///
  /// @param here the path in the first file's rows
  /// @param there the path in the second file's rows
  public record Key(String here, String there) {}

  /// Reads `id` or `id=other_id`.
  ///
  /// @param file the second file
  /// @param on what is equal
  /// @return the join
  public static Join of(Path file, List<String> on) {
    List<Key> keys = new ArrayList<>();
    for (String pair : on) {
      int equals = pair.indexOf('=');
      Key key =
          equals < 0
              ? new Key(pair.strip(), pair.strip())
              : new Key(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
      Stream.of(key.here(), key.there()).forEach(RowPath::of);
      keys.add(key);
    }
    return new Join(file, keys);
  }
}
