package topdraw.recordings.imports;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;

/// What a person says of a file's columns; what is not said is guessed from usual names.
///
/// @param columns columns by the field they hold, such as `prompt` → `question`
/// @param rewards further columns that hold rewards
/// @param policyLogProbabilities whether the log-probabilities are, by the person's word, those of
///   the distribution sampled from, end token included
public record Mapping(
    Map<String, String> columns, List<String> rewards, boolean policyLogProbabilities) {
  /// Copies the collections and checks the fields' names.
  public Mapping {
    columns.keySet().forEach(Field::of);
    columns = Map.copyOf(columns);
    rewards = List.copyOf(rewards);
  }

  /// Reads `reward=score,prompt=question`.
  ///
  /// @param pairs the pairs
  /// @return columns by field
  /// @throws InputException if a pair has no `=`
  public static Map<String, String> parse(List<String> pairs) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1 || equals == pair.length() - 1) {
        throw new InputException(
            Problem.MALFORMED,
            Parameter.MAP,
            " takes FIELD=COLUMN pairs such as reward=score, was '" + pair + "'");
      }
      columns.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
    }
    return columns;
  }

  /// All columns that were named as rewards, the mapped one first, then gold.
  List<String> namedRewards() {
    List<String> named = new ArrayList<>();
    for (String field : List.of("reward", "gold")) {
      String column = columns.get(field);
      if (column != null) {
        named.add(column);
      }
    }
    named.addAll(rewards);
    return named.stream().distinct().toList();
  }

  /// Rewards that were found, those first that were named.
  List<String> ordered(Collection<String> found) {
    Set<String> ordered = new LinkedHashSet<>(namedRewards());
    ordered.retainAll(found);
    ordered.addAll(found);
    return List.copyOf(ordered);
  }
}
