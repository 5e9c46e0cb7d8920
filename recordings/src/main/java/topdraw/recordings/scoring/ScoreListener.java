package topdraw.recordings.scoring;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import topdraw.recordings.exports.ExportSummary;
import topdraw.reference.SecondPassSummary;

/// Hears what is scored, each when it is done.
public interface ScoreListener {
  /// A second pass has looked at all samples.
  ///
  /// @param summary what came of it
  /// @param caveat why its numbers prove nothing of their own, where they do not
  void lookedAt(SecondPassSummary summary, Optional<String> caveat);

  /// A reward has scored all samples.
  ///
  /// @param reward the reward's name
  /// @param unscored how many have no score
  void scored(String reward, long unscored);

  /// A table with all scores is there.
  ///
  /// @param rows what was written
  /// @param table the file
  /// @param unscored how many samples have no score, by reward
  void written(ExportSummary rows, Path table, Map<String, Long> unscored);
}
