package topdraw.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import topdraw.draw.Draw;
import topdraw.provider.DownloadProgress;
import topdraw.reference.Answer;
import topdraw.reference.Capabilities;
import topdraw.reference.DrawFailedException;
import topdraw.reference.PolicyCatalog;
import topdraw.reference.PolicyContext;
import topdraw.reference.Provenance;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Request;
import topdraw.servers.Served;

/// A policy on servers that the executors of a cluster draw from.
///
/// Requests go out in jobs of a task a core, each with a few draws for every place of the servers;
/// two jobs are under way at most, so what waits for a slow task has an end. Spark hands over the
/// result of one attempt of each task, whichever comes first, and nothing of the others: each
/// request is answered once. What else was drawn, by attempts that died or came later, is thrown
/// away, and told at the end.
final class SparkPolicy implements ReferencePolicy, Served {
  private static final int JOBS = 2;
  private static final int DRAWS_FOR_A_PLACE = 8;

  private final Session session;
  private final ReferencePolicy driver;
  private final PolicyRecipe recipe;
  private final DownloadProgress progress;
  private final Capabilities capabilities;
  private final BegunTasks tasks;
  private long kept;
  private int largest;

  private SparkPolicy(
      Session session, ReferencePolicy driver, PolicyRecipe recipe, DownloadProgress progress) {
    this.session = session;
    this.driver = driver;
    this.recipe = recipe;
    this.progress = progress;
    Capabilities one = driver.capabilities();
    capabilities =
        new Capabilities(
            one.deterministic(),
            one.logProbabilities(),
            Math.clamp((long) cores(session) * one.width(), 1, Integer.MAX_VALUE));
    tasks = BegunTasks.in(session.spark().sparkContext());
  }

  /// Opens the cluster, and then the policy here, to see what it is: no server is asked for a
  /// cluster that is not there.
  ///
  /// @param master the cluster
  /// @param spec the policy
  /// @param context what it is opened with; hears at the end what was thrown away
  static SparkPolicy open(String master, String spec, PolicyContext context) throws IOException {
    Session session = Session.open(master);
    try {
      ReferencePolicy driver = new PolicyCatalog().open(spec, context);
      return new SparkPolicy(
          session, driver, PolicyRecipe.of(spec, context, driver), context.progress());
    } catch (IOException | RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  /// {@inheritDoc}
  ///
  /// @throws DrawFailedException if a task fails as often as Spark tries it, or the cluster is gone
  @Override
  public void drawAll(Iterator<Request> requests, Answers answers) {
    try {
      drawOnExecutors(requests, answers);
    } catch (CancellationException e) {
      throw e;
    } catch (IllegalStateException | DrawFailedException e) {
      // What Spark says of every call, and of jobs under way, where it has ended of its own accord.
      if (!session.ended()) throw e;
      DrawFailedException gone = new DrawFailedException("Spark has ended: its cluster is gone");
      gone.initCause(e);
      throw gone;
    }
  }

  private void drawOnExecutors(Iterator<Request> requests, Answers answers) {
    int completions = 0;
    long tokens = 0;
    try (DrawJobs jobs = new DrawJobs(session.context())) {
      while (true) {
        while (jobs.underWay() < JOBS && requests.hasNext()) {
          List<DrawJobs.Part> parts = parts(requests);
          tasks.of(() -> jobs.begin(parts));
        }
        if (jobs.underWay() == 0) {
          return;
        }
        List<DrawJobs.Answered> answered = jobs.next();
        kept += answered.isEmpty() ? 0 : 1;
        for (DrawJobs.Answered one : answered) {
          answers.answered(one.request(), one.answer());
          if (one.answer() instanceof Answer.Drawn(Draw draw)) {
            completions++;
            tokens += (long) draw.length().orElse(0);
            answers.drawn(completions, tokens);
          }
        }
      }
    }
  }

  private static int cores(Session session) {
    return Math.max(1, session.context().defaultParallelism());
  }

  private List<DrawJobs.Part> parts(Iterator<Request> requests) {
    int cores = cores(session); // executors come and go
    long most = (long) cores * DRAWS_FOR_A_PLACE * driver.capabilities().width();
    List<Request> all = new ArrayList<>();
    while (all.size() < most && requests.hasNext()) {
      all.add(requests.next());
    }
    int size = Math.ceilDiv(all.size(), cores);
    largest = Math.max(largest, size);
    List<DrawJobs.Part> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      List<Request> some = all.subList(from, Math.min(all.size(), from + size));
      parts.add(new DrawJobs.Part(List.copyOf(some), DrawPart.of(recipe, some)));
    }
    return parts;
  }

  /// What the servers can do, as wide as all tasks together, of which there are as many as there
  /// were cores at opening. Where more executors come, more are drawn at once than that.
  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public Provenance provenance() {
    return driver.provenance();
  }

  @Override
  public Optional<String> noLogProbability() {
    return driver instanceof Served served ? served.noLogProbability() : Optional.empty();
  }

  @Override
  public void close() {
    session.close(); // if it is ours, and with it all that listeners are told
    tasks.close();
    recipe.close();
    driver.close();
    long begun = tasks.count();
    long lost = begun - kept;
    if (lost > 0) {
      progress.note(
          "%d of %d tasks were tried again, raced or broken off; up to %d completions of theirs are thrown away"
              .formatted(lost, begun, lost * largest));
    }
  }
}
