package topdraw.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/// A session of Spark: the one that is there, which stays, or one of our own.
///
/// @param spark the session
/// @param own whether it ends with us
record Session(SparkSession spark, boolean own) implements AutoCloseable {
  /// The one that is there, or one on a cluster, with what `spark.…` properties say.
  ///
  /// @throws topdraw.input.InputException if there can be no such cluster
  static Session open(String master) {
    if (SparkSession.getDefaultSession().isDefined()) {
      return new Session(SparkSession.getDefaultSession().get(), false);
    }
    SparkConf conf =
        new SparkConf()
            .setMaster(master)
            .setIfMissing("spark.app.name", "topdraw analyze")
            .setIfMissing("spark.ui.enabled", "false")
            .setIfMissing("spark.ui.showConsoleProgress", "false")
            // The measurements of all prompts come to the driver; how large they may be, its memory
            // says.
            .setIfMissing("spark.driver.maxResultSize", "0");
    if (master.equals("local") || master.startsWith("local[")) {
      conf.setIfMissing("spark.driver.host", "127.0.0.1")
          .setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    }
    try {
      SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
      spark.sparkContext().setLogLevel("ERROR");
      return new Session(spark, true);
    } catch (Exception e) { // Scala throws what it does not declare
      throw Failure.master(master, e);
    }
  }

  /// Whether Spark has ended it.
  boolean ended() {
    return spark.sparkContext().isStopped();
  }

  JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  @Override
  public void close() {
    if (own) {
      spark.stop();
    }
  }
}
