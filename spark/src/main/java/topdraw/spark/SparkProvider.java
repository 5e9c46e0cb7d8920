package topdraw.spark;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
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
      session.close();
      throw Failure.of(e);
    }
  }

  private static Recording open(Session session, List<String> inputs, Mapping mapping)
      throws IOException {
    SparkSession spark = session.spark();
    if (inputs.size() == 1) {
      Path folder = new Path(inputs.getFirst());
      var files = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (files.exists(new Path(folder, RunFiles.MANIFEST))) {
        return SparkRun.open(session, inputs.getFirst(), files.makeQualified(folder));
      }
    }
    return SparkRecording.open(session, InputFiles.of(spark, inputs), mapping);
  }
}
