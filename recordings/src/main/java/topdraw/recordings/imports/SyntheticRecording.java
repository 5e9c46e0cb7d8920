package topdraw.recordings.imports;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import topdraw.recordings.file.ScratchDatabase;

/// A made-up recording for measurements: draws of a known law, with its true log-probabilities.
/// Half of the probability of each prompt is spread over few completions (geometric), half over
/// 2^52 of them, so that some draws repeat and most do not. Rewards are uniform in (0, 1); beside
/// them stands whether a completion is correct, 0 or 1, which it is with a chance that is uniform
/// among prompts.
public final class SyntheticRecording {
  private static final double REPEAT = 0.05;

  private SyntheticRecording() {}

  /// Writes one Parquet file, a row a draw, the draws of a prompt together.
  ///
  /// @param file written over if it is there
  /// @param prompts how many prompts
  /// @param draws how many draws of each
  /// @param seed the same seed gives the same draws
  /// @throws IOException if the file cannot be written
  public static void write(Path file, long prompts, long draws, long seed) throws IOException {
    try (ScratchDatabase scratch = ScratchDatabase.open();
        Statement statement = scratch.duck().createStatement()) {
      statement.execute(
          "copy ("
              + rows(prompts, draws, seed)
              + ") to '"
              + file.toString().replace("'", "''")
              + "' (format parquet, compression zstd)");
    } catch (SQLException e) {
      throw new IOException("cannot write " + file + ": " + ScratchDatabase.firstLine(e), e);
    }
  }

  /// Hashes stand for random numbers: `unit` is uniform in (0, 1).
  private static String rows(long prompts, long draws, long seed) {
    return """
        with uniform as (
          select d // %2$d as p, d %% %2$d as i,
            ((hash(4 * d + 1 + (%3$d::bigint << 44)) >> 12) + 0.5) / (1::bigint << 52) as coin,
            ((hash(4 * d + 2 + (%3$d::bigint << 44)) >> 12) + 0.5) / (1::bigint << 52) as unit,
            (hash(4 * d + 3 + (%3$d::bigint << 44)) >> 12)::bigint as wide
          from range(%1$d * %2$d) r(d)),
        drawn as (
          select p, i,
            case when coin < 0.5 then floor(ln(unit) / ln(1 - %4$s))::bigint else 4096 + wide end as y
          from uniform)
        select 'p' || p as prompt_id, 'question ' || p as prompt, 'answer ' || y as completion,
          i::integer as i, y as outcome_id,
          ((hash(xor(hash(p), hash(y))) >> 12) + 0.5) / (1::bigint << 52) as "rewards.score",
          case when y < 4096 then ln(0.5) + ln(%4$s) + y * ln(1 - %4$s) else ln(0.5) - 52 * ln(2) end as log_p,
          'exact' as log_p_meaning,
          (((hash(xor(hash(p), hash(y))) >> 12) + 0.5) / (1::bigint << 52)
            < ((hash(4 * p + (%3$d::bigint << 44)) >> 12) + 0.5) / (1::bigint << 52))::integer as correct,
          (20 + hash(y) %% 200)::integer as tokens,
          case when hash(y) %% 50 = 0 then 'length' else 'stop' end as finish_reason
        from drawn
        """
        .formatted(prompts, draws, seed, Double.toString(REPEAT));
  }
}
