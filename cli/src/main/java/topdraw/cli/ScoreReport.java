package topdraw.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import topdraw.recordings.exports.ExportSummary;
import topdraw.recordings.scoring.ScoreListener;
import topdraw.reference.SecondPassSummary;
import topdraw.words.SecondPassWords;

/// Says what is scored when it is, and keeps it for a document of JSON.
final class ScoreReport implements ScoreListener {
  private final PrintWriter err;
  private final Map<String, Object> document = new LinkedHashMap<>(Map.of("v", 1));
  private final Map<String, Long> unscored = new LinkedHashMap<>();

  ScoreReport(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void lookedAt(SecondPassSummary summary, Optional<String> caveat) {
    SecondPassWords words = new SecondPassWords(summary, caveat);
    words.lines().forEach(err::println);
    document.put("log_p", words.json());
  }

  @Override
  public void scored(String reward, long missing) {
    unscored.put(reward, missing);
    err.printf(
        "%s: done; %s no score%n",
        reward, missing == 1 ? "1 sample has" : missing + " samples have");
  }

  @Override
  public void written(ExportSummary rows, Path table, Map<String, Long> missing) {
    err.printf("rows: %d, of prompts: %d, in %s%n", rows.rows(), rows.prompts(), table);
    document.put("unscored", missing);
  }

  /// All of it.
  Map<String, Object> document() {
    document.putIfAbsent("unscored", unscored);
    return document;
  }
}
