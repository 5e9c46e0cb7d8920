package topdraw.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.ObjectNode;
import topdraw.json.Json;

/// Made-up samples with all that makes numbers hard: prompts by turns, ties, repeats, holes, two
/// questions of one name, a few rows that cannot be read.
final class Samples {
  private static final int PROMPTS = 23;

  private Samples() {}

  /// Rows as JSON, those of all prompts by turns.
  ///
  /// @param textLength characters of a completion
  static List<String> rows(long seed, int rows, int textLength) {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int prompt = random.nextInt(PROMPTS);
      int outcome = random.nextInt(40);
      ObjectNode row = Json.mapper().createObjectNode();
      row.put("prompt_id", "p" + prompt / 2 * 2); // two questions have one name
      row.put("question", "Question " + prompt + "?\nWhy?");
      row.put("response", ("answer " + outcome + " ☃ ").repeat(1 + textLength / 12));
      if (random.nextInt(50) > 0) {
        row.put("score", Math.round(3 * random.nextGaussian()) / 2.0);
      }
      row.put("correct", random.nextInt(3) == 0 ? 1 : 0);
      if (random.nextInt(60) > 0) {
        row.put("log_p", -1 - outcome / 4.0);
      }
      row.put("n_tokens", 3 + outcome);
      row.put("finish_reason", random.nextInt(9) == 0 ? "length" : "stop");
      lines.add(Json.line(row));
    }
    return lines;
  }

  static Path write(Path file, List<String> lines) throws IOException {
    return Files.writeString(file, String.join("\n", lines) + "\n");
  }

  /// The same rows with some that cannot be read, fewer than one in a hundred, and empty lines.
  static List<String> torn(List<String> rows, long seed) {
    List<String> torn = new ArrayList<>(rows);
    Random random = new Random(seed);
    for (int i = 0; i < rows.size() / 150; i++) {
      torn.add(100 + random.nextInt(torn.size() - 100), i % 3 == 0 ? "" : "{\"question\": ");
    }
    return torn;
  }

  /// The rows of a file of JSON Lines as Parquet, in groups of two thousand.
  static Path parquet(Path lines, Path file) throws IOException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          "copy (select * from read_json('%s', format = 'newline_delimited')) to '%s' (format parquet, row_group_size 2048)"
              .formatted(lines, file));
      return file;
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  static List<String> shuffled(List<String> rows, long seed) {
    List<String> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled;
  }
}
