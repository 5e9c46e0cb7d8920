package topdraw.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/// A session of Spark: the one that is there, which stays, or one of our own.
///
/// @param spark the session
/// @param own whether it ends with us
record Session(SparkSession spark, boolean own) implements AutoCloseable {
  private static final Pattern MASTERS =
      Pattern.compile("spark://[^:,]+:\\d{1,5}(,[^:,]+:\\d{1,5})*");
  private static final int WAIT_MS = 10_000;

  /// The one that is there, or one on a cluster, with what `spark.…` properties say.
  ///
  /// @throws topdraw.input.InputException if there can be no such cluster
  static Session open(String master) {
    if (SparkSession.getDefaultSession().isDefined()) {
      return new Session(SparkSession.getDefaultSession().get(), false);
    }
    requireAnswering(master);
    SparkConf conf =
        new SparkConf()
            .setMaster(master)
            .setIfMissing("spark.app.name", "topdraw")
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

  /// Spark itself asks for a minute.
  private static void requireAnswering(String master) {
    if (!MASTERS.matcher(master).matches()) {
      return; // another kind of cluster, or none, which Spark says
    }
    Exception failed = new IOException();
    for (String one : master.substring(master.indexOf("//") + 2).split(",", -1)) {
      int colon = one.lastIndexOf(':');
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(
                one.substring(0, colon), Integer.parseInt(one.substring(colon + 1))),
            WAIT_MS);
        return;
      } catch (IOException | IllegalArgumentException e) { // the latter of a port that there is not
        failed = e;
      }
    }
    throw Failure.unanswered(master, failed);
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
