package topdraw.recordings.imports;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// What a person says of a file's columns; what is not said is guessed from usual names.
///
/// @param columns paths by the field that they hold, such as `prompt` → `question`; none for a
///   field that is not to be guessed
/// @param rewards further columns that hold rewards
/// @param policyLogProbabilities whether the log-probabilities are, by the person's word, those of
///   the distribution sampled from, end token included
/// @param words words that are scores
/// @param lenient whether many unreadable rows are no error
/// @param join the file whose rows complete these, if there is one
public record Mapping(
    Map<String, List<String>> columns,
    List<String> rewards,
    boolean policyLogProbabilities,
    Map<String, Double> words,
    boolean lenient,
    Optional<Join> join) {
  /// Says nothing.
  public static final Mapping NONE = new Mapping(Map.of(), List.of(), false);

  /// A comma that stands in no brackets.
  private static final Pattern COMMA = Pattern.compile(",(?![^{(]*[})])");

  /// Copies the collections and checks the fields' names.
  public Mapping {
    columns.keySet().forEach(Field::of);
    columns =
        columns.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> List.copyOf(e.getValue())));
    rewards = List.copyOf(rewards);
    words = Map.copyOf(words);
  }

  /// One column a field, and nothing else.
  ///
  /// @param columns paths by field
  /// @param rewards further columns that hold rewards
  /// @param policyLogProbabilities whether the log-probabilities are of the distribution sampled
  ///   from
  public Mapping(
      Map<String, String> columns, List<String> rewards, boolean policyLogProbabilities) {
    this(
        columns.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))),
        rewards,
        policyLogProbabilities,
        Map.of(),
        false,
        Optional.empty());
  }

  /// Reads `reward=score,prompt=question`. A field named twice has both; one with nothing behind it
  /// has none.
  ///
  /// @param pairs the pairs, several in one with commas that stand in no brackets
  /// @return paths by field
  /// @throws InputException if a pair has no `=`
  public static Map<String, List<String>> parse(List<String> pairs) {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    for (String pair : pairs.stream().flatMap(COMMA::splitAsStream).toList()) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new InputException(
            Problem.MALFORMED,
            "--map takes FIELD=COLUMN pairs such as reward=score, was '" + pair + "'");
      }
      String path = pair.substring(equals + 1).strip();
      List<String> paths =
          columns.computeIfAbsent(pair.substring(0, equals).strip(), field -> new ArrayList<>());
      if (!path.isEmpty()) {
        paths.add(path);
      }
    }
    return columns;
  }

  /// Reads `pass=1,fail=0`.
  ///
  /// @param pairs the pairs
  /// @return numbers by word
  /// @throws InputException if one is no number
  public static Map<String, Double> words(List<String> pairs) {
    Map<String, Double> words = new LinkedHashMap<>();
    for (String pair : pairs) {
      int equals = pair.lastIndexOf('=');
      try {
        double number = Double.parseDouble(pair.substring(equals + 1).strip());
        if (equals < 1 || !Double.isFinite(number)) {
          throw new NumberFormatException(pair);
        }
        words.put(pair.substring(0, equals).strip(), number);
      } catch (NumberFormatException e) {
        throw new InputException(
                Problem.MALFORMED,
                "--words takes WORD=NUMBER pairs such as pass=1,fail=0, was '" + pair + "'")
            .by(e);
      }
    }
    return words;
  }

  /// What was said of a field; nothing where it is to be guessed.
  Optional<List<String>> of(Field field) {
    return Optional.ofNullable(columns.get(field.word()));
  }

  /// The one path of a field.
  Optional<String> one(Field field) {
    return of(field).filter(paths -> !paths.isEmpty()).map(List::getFirst);
  }

  /// All columns that were named as rewards, the mapped ones first, then gold.
  List<String> namedRewards() {
    List<String> named = new ArrayList<>();
    of(Field.REWARD).ifPresent(named::addAll);
    of(Field.GOLD).ifPresent(named::addAll);
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
