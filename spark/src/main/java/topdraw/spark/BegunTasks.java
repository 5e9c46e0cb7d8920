package topdraw.spark;

import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.jdk.javaapi.CollectionConverters;

/// Counts the attempts at tasks of jobs of one's own, in a session that others may use too.
final class BegunTasks extends SparkListener implements AutoCloseable {
  /// A local property of Spark, which a job has from the thread that submits it.
  private static final String OWNER = "topdraw.draws";

  private final SparkContext spark;
  private final String owner = UUID.randomUUID().toString();
  private final Set<Object> stages = ConcurrentHashMap.newKeySet();
  private final AtomicLong begun = new AtomicLong();

  private BegunTasks(SparkContext spark) {
    this.spark = spark;
  }

  /// Begins to listen.
  ///
  /// @param spark where the jobs will be
  static BegunTasks in(SparkContext spark) {
    BegunTasks counted = new BegunTasks(spark);
    spark.addSparkListener(counted);
    return counted;
  }

  /// Submits jobs that count.
  ///
  /// @param submits does so, in this thread
  void of(Runnable submits) {
    String before = spark.getLocalProperty(OWNER);
    spark.setLocalProperty(OWNER, owner);
    try {
      submits.run();
    } finally {
      spark.setLocalProperty(OWNER, before);
    }
  }

  /// How many there are, as far as Spark has told.
  long count() {
    return begun.get();
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    Properties said = job.properties();
    if (said != null && owner.equals(said.getProperty(OWNER))) {
      stages.addAll(CollectionConverters.asJava(job.stageIds()));
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart task) {
    if (stages.contains(task.stageId())) {
      begun.incrementAndGet();
    }
  }

  /// Listens no more.
  @Override
  public void close() {
    spark.removeSparkListener(this);
  }
}
