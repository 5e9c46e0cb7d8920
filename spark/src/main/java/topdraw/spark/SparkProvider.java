package topdraw.spark;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import topdraw.input.InputException;
import topdraw.recordings.Recording;
import topdraw.recordings.imports.ClusterProvider;
import topdraw.recordings.imports.Mapping;
import topdraw.recordings.run.RunFiles;

/// Opens recordings on Apache Spark.
public final class SparkProvider implements ClusterProvider {
  /// The service loader's constructor.
  public SparkProvider() {}

  @Override
  public Recording open(String master, List<String> inputs, Mapping mapping) throws IOException {
    Session session = Session.open(master);
    try {
      return open(session, inputs, mapping);
    } catch (Exception e) { // Scala throws what it does not declare
      // Spark ends a session of its own accord where no cluster has answered for a minute.
      boolean unanswered = session.ended() && !(e instanceof InputException);
      session.close();
      throw unanswered ? Failure.unanswered(master, e) : Failure.of(e);
    }
  }

  private static Recording open(Session session, List<String> inputs, Mapping mapping)
      throws IOException {
    SparkSession spark = session.spark();
    if (inputs.size() == 1) {
      String input = inputs.getFirst();
      Optional<Path> run = InputFiles.ask(input, () -> run(spark, input));
      if (run.isPresent()) {
        return SparkRun.open(session, input, run.get());
      }
    }
    return SparkRecording.open(session, InputFiles.of(spark, inputs), mapping);
  }

  /// The whole path of a run.
  ///
  /// @return empty where it is none
  private static Optional<Path> run(SparkSession spark, String input) throws IOException {
    Path folder = new Path(input);
    FileSystem files = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
    return files.exists(new Path(folder, RunFiles.MANIFEST))
        ? Optional.of(files.makeQualified(folder))
        : Optional.empty();
  }
}
