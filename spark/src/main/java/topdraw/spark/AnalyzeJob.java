package topdraw.spark;

import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import topdraw.cli.Topdraw;

/// `topdraw analyze` as an application of Spark:
///
///     spark-submit --class topdraw.spark.AnalyzeJob --jars … topdraw-spark.jar FILE… [--reward R -n …]
///
/// It takes what `topdraw analyze` takes and prints what that prints; where it runs is for
/// `spark-submit` to say.
public final class AnalyzeJob {
  private AnalyzeJob() {}

  /// Analyses recordings on the cluster that it is submitted to, and exits with the code of
  /// `topdraw analyze`.
  ///
  /// @param args the command line of `topdraw analyze`
  public static void main(String[] args) {
    String master = new SparkConf().get("spark.master", "local[*]");
    Topdraw.main(
        Stream.concat(Stream.of("analyze", "--spark", master), Stream.of(args))
            .toArray(String[]::new));
  }
}
