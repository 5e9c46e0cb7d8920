package topdraw.recordings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Stream;
import topdraw.draw.InputFile;
import topdraw.draw.PromptDraws;
import topdraw.draw.SampleSource;
import topdraw.estimate.Measurements;
import topdraw.estimate.OneSet;
import topdraw.estimate.PromptSource;
import topdraw.estimate.Questions;
import topdraw.input.Alternatives;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.reward.Comparing;

/// Recorded samples of any origin, prompt by prompt: a run of ours, or files of others. Memory
/// holds one prompt's samples, however many rows there are.
public interface Recording extends PromptSource<IOException>, AutoCloseable {

  /// Goes through all prompts, in the order of their first samples.
  ///
  /// @param prompts takes each prompt
  /// @throws IOException if the recording cannot be read
  @Override
  void forEach(Consumer<PromptDraws> prompts) throws IOException;

  /// Goes through all prompts as [#forEach] does, for whoever asks for no completion's text: it is
  /// left out where that makes reading faster.
  ///
  /// @param prompts takes each prompt
  /// @throws IOException if the recording cannot be read
  default void forEachWithoutTexts(Consumer<PromptDraws> prompts) throws IOException {
    forEach(prompts);
  }

  /// All prompts at once, for whoever shows a few of them.
  ///
  /// @return the prompts with their draws, in the order of [#forEach]
  /// @throws IOException if the recording cannot be read
  default List<PromptDraws> prompts() throws IOException {
    List<PromptDraws> prompts = new ArrayList<>();
    forEach(prompts::add);
    return prompts;
  }

  /// Measures the prompts, on all cores; a recording that lies on other machines, on those.
  ///
  /// @param questions what is measured
  /// @param set takes the prompts that count
  /// @param texts whether completions' texts are wanted, as pictures of prompts are
  /// @return the measurements of the prompts taken
  /// @throws IOException if the recording cannot be read
  /// @throws IllegalArgumentException if a question cannot be asked of some draws
  default Measurements measure(Questions questions, OneSet set, boolean texts) throws IOException {
    return set.measure(questions, texts ? this : this::forEachWithoutTexts);
  }

  /// The rewards that samples have, the first of them the one that selects unless another is named.
  ///
  /// @return their names; empty when there is none
  List<String> rewards();

  /// What it is called in a message.
  ///
  /// @return a run's id, or the first file
  String name();

  /// How many completions one selection of it had, where it was drawn for such.
  ///
  /// @return a run's `n`; empty for files of others, whose draws are a pool
  default OptionalInt n() {
    return OptionalInt.empty();
  }

  /// Which column was taken for what, a line a file.
  ///
  /// @return sentences for a person; empty for a run of ours
  List<String> columns();

  /// What a person would say to have the files read as they were, a line a file.
  ///
  /// @return `--map` options; empty for a run of ours
  default List<String> mappings() {
    return List.of();
  }

  /// Columns that were taken for nothing: whoever names one as a reward has it read as one.
  ///
  /// @return their names; empty for a run of ours
  default List<String> unused() {
    return List.of();
  }

  /// Rows that could not be read.
  ///
  /// @return their number and the first of them
  BadRows bad();

  /// Draws that it was to hold and does not hold yet.
  ///
  /// @return how many are missing from a run of ours that was not finished; 0 for files of others
  default long missing() {
    return 0;
  }

  /// Draws that it was to hold of some prompts and does not hold yet.
  ///
  /// @param chosen says of a prompt, by its key and its words, whether it is one of them
  /// @return how many are missing of the chosen prompts that are begun
  default long missing(BiPredicate<String, String> chosen) {
    return 0;
  }

  /// Prompts that it was to hold and of which it holds nothing yet, not even their words.
  ///
  /// @return how many; 0 for files of others
  default long notBegun() {
    return 0;
  }

  /// The files that were read.
  ///
  /// @return their paths, in the order read
  /// @throws IOException if a run's folder cannot be listed
  List<Path> files() throws IOException;

  /// The reward that selects, or another that was asked for.
  ///
  /// @param name its name; empty for the first there is
  /// @return the name
  /// @throws InputException if there is no such reward, or none at all, or it compares draws
  default String reward(Optional<String> name) {
    List<String> rewards = rewards();
    if (rewards.isEmpty()) {
      throw new InputException(
          Problem.MISSING,
          "no reward was recognised; name its column with ",
          Parameter.MAP,
          " reward=COLUMN");
    }
    if (name.isPresent() && !rewards.contains(name.get()) && unused().contains(name.get())) {
      throw new InputException(
          Problem.MISSING,
          "the column '"
              + name.get()
              + "' holds no number that could be a reward; there is "
              + String.join(", ", rewards));
    }
    if (name.isPresent() && !rewards.contains(name.get())) {
      throw new InputException(
          Problem.UNKNOWN,
          "no reward '" + name.get() + "'" + Alternatives.told(name.get(), rewards, unused()));
    }
    String reward = name.orElseGet(rewards::getFirst);
    if (Comparing.names(reward)) {
      throw new InputException(
          Problem.CONFLICT,
          reward
              + " compares the draws of each round, so its scores say nothing of another n; choose"
              + " another reward with ",
          Parameter.REWARD,
          ". What voting gives at every n is maj@k: topdraw analyze --answer, with rewards of 0 and"
              + " 1");
    }
    return reward;
  }

  /// The reward that selects where another counts.
  ///
  /// @param name its name; empty for the first that is not the one that counts
  /// @param counts the reward that counts, where there is one
  /// @return the name
  /// @throws InputException if there is no such reward, or none at all
  default String reward(Optional<String> name, Optional<String> counts) {
    return reward(
        name.or(
            () ->
                rewards().stream()
                    .filter(other -> !counts.equals(Optional.of(other)))
                    .findFirst()));
  }

  /// Where its samples come from.
  ///
  /// @param named what was named to find it
  /// @param identified whether each file is read again for what identifies it
  /// @param leftOut what else is to be said of what was read, a sentence each
  /// @return files, columns, rows that could not be read, provenance
  /// @throws IOException if a file cannot be read
  default SampleSource source(List<String> named, boolean identified, List<String> leftOut)
      throws IOException {
    List<InputFile> inputs = new ArrayList<>();
    for (Path file : identified ? files() : List.<Path>of()) {
      inputs.add(InputFile.of(file));
    }
    return new SampleSource(
        named,
        inputs,
        Stream.concat(columns().stream(), leftOut.stream()).toList(),
        bad().count(),
        bad().first(),
        provenance());
  }

  /// What it takes to draw the same samples again, by name, as far as the recording says.
  ///
  /// @return words for a person, in order; empty for files that do not say
  default Map<String, String> provenance() {
    return Map.of();
  }

  @Override
  void close() throws IOException;
}
