package topdraw.recordings.scoring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import topdraw.draw.MissingScores;
import topdraw.draw.Prompt;
import topdraw.file.WholeFiles;
import topdraw.recordings.Recording;
import topdraw.recordings.RescoredRecording;
import topdraw.recordings.ScoredRecording;
import topdraw.recordings.exports.Export;
import topdraw.recordings.exports.ExportFormat;
import topdraw.recordings.exports.ExportSummary;
import topdraw.recordings.exports.TableShape;
import topdraw.recordings.run.Rescoring;
import topdraw.recordings.run.RunReader;
import topdraw.recordings.run.RunSettings;
import topdraw.recordings.run.Scoring;
import topdraw.reference.DrawFailedException;
import topdraw.reference.Provenance;
import topdraw.reference.SecondPass;
import topdraw.reward.Reward;

/// Scores recorded samples by more rewards, and has a model say how likely it finds them.
///
/// @param rewards what scores; stay the caller's to close
/// @param missing is told of every new score
/// @param told hears of what is done
public record MoreScores(List<Reward> rewards, MissingScores missing, ScoreListener told) {
  /// Copies the list.
  public MoreScores {
    rewards = List.copyOf(rewards);
  }

  /// Opens a second pass.
  @FunctionalInterface
  public interface Opening {
    /// Opens it.
    ///
    /// @param raw whether prompts were continued as they stand
    /// @param drawn what drew the completions, where that is recorded
    /// @return the second pass; closed when it has looked at everything
    /// @throws IOException if something cannot be read
    SecondPass open(boolean raw, Optional<Provenance> drawn) throws IOException;
  }

  /// What opens a recording.
  @FunctionalInterface
  public interface Source {
    /// Opens it.
    ///
    /// @return the recording; closed when it is scored
    /// @throws IOException if it cannot be read
    Recording open() throws IOException;
  }

  /// Scores a run of ours, into files beside its samples.
  ///
  /// @param run its folder
  /// @param pass says how likely completions are, where that is asked
  /// @throws CancellationException if the thread is interrupted, saying what is recorded
  /// @throws DrawFailedException if the second pass is not answered, saying how far it came
  /// @throws IOException if something cannot be read or written
  public void ofRun(Path run, Optional<Opening> pass) throws IOException {
    if (pass.isPresent()) {
      look(run, pass.get());
    }
    for (Reward reward : rewards) {
      long[] lines = {0};
      try {
        told.scored(reward.name(), Scoring.score(run, reward, done -> lines[0] = done, missing));
      } catch (CancellationException e) {
        throw interrupted(
            e,
            lines[0]
                + " scores of "
                + reward.name()
                + " are recorded, and the same command goes on");
      }
    }
  }

  private void look(Path run, Opening opening) throws IOException {
    long[] lines = {0};
    RunSettings drawn;
    try (RunReader recorded = RunReader.open(run)) {
      drawn = recorded.manifest().settings();
    }
    try (SecondPass pass = opening.open(drawn.raw(), Optional.of(drawn.provenance()))) {
      told.lookedAt(Rescoring.score(run, pass, done -> lines[0] = done), pass.caveat());
    } catch (CancellationException e) {
      throw interrupted(e, reached(lines[0]));
    } catch (DrawFailedException e) {
      throw new DrawFailedException(e.getMessage() + "; " + reached(lines[0]));
    }
  }

  private static String reached(long lines) {
    return "%d samples were looked at, and the same command goes on".formatted(lines);
  }

  /// Scores files of others, into a new table of all their samples.
  ///
  /// @param source the samples
  /// @param pass says how likely completions are, where that is asked
  /// @param raw whether texts were continued as they stand; else each is what a user says
  /// @param table the file to write, by the end of its name
  /// @throws CancellationException if the thread is interrupted, saying that nothing is written
  /// @throws IOException if something cannot be read or written
  public void toTable(Source source, Optional<Opening> pass, boolean raw, Path table)
      throws IOException {
    ExportFormat format = ExportFormat.ofTable(table);
    WholeFiles.requireFree(table);
    try (Recording recording = source.open()) {
      if (pass.isEmpty()) {
        write(recording, format, table);
        return;
      }
      try (SecondPass looks = pass.get().open(raw, Optional.empty());
          RescoredRecording looked =
              new RescoredRecording(recording, looks, prompt -> asked(prompt, raw))) {
        write(looked, format, table);
        told.lookedAt(looked.summary(), looks.caveat());
      }
    } catch (CancellationException e) {
      throw interrupted(e, table + " was not written");
    }
  }

  /// A text is what a user says, as it is where prompts are drawn from.
  private static Prompt asked(Prompt recorded, boolean raw) {
    return recorded instanceof Prompt.Text(String text) && !raw ? Prompt.user(text) : recorded;
  }

  private void write(Recording recording, ExportFormat format, Path table) throws IOException {
    try (ScoredRecording scored = new ScoredRecording(recording, rewards, missing::add)) {
      ExportSummary rows = Export.toFile(scored, format, new TableShape(scored.rewards()), table);
      scored.unscored().forEach(told::scored);
      told.written(rows, table, scored.unscored());
    }
  }

  private static CancellationException interrupted(CancellationException e, String message) {
    CancellationException told = new CancellationException("interrupted; " + message);
    told.initCause(e);
    return told;
  }
}
