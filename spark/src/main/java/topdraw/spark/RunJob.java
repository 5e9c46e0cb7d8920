package topdraw.spark;

import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import topdraw.cli.Topdraw;

/// `topdraw run` as an application of Spark:
///
///     spark-submit --class topdraw.spark.RunJob --jars … topdraw-spark.jar PROMPTS --server URL -o RUN …
///
/// It takes what `topdraw run` takes and writes what that writes; where it runs is for
/// `spark-submit` to say.
public final class RunJob {
  private RunJob() {}

  /// Draws on the cluster that it is submitted to, and exits with the code of `topdraw run`.
  ///
  /// @param args the command line of `topdraw run`
  public static void main(String[] args) {
    String master = new SparkConf().get("spark.master", "local[*]");
    Topdraw.main(
        Stream.concat(Stream.of("run", "--spark", master), Stream.of(args)).toArray(String[]::new));
  }
}
