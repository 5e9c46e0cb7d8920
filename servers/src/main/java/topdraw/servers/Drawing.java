package topdraw.servers;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Draw;
import topdraw.draw.Prompt;
import topdraw.reference.Answer;
import topdraw.reference.DrawFailedException;
import topdraw.reference.ReferencePolicy.Answers;
import topdraw.reference.Request;
import topdraw.reference.Sampling;
import topdraw.servers.http.Failure;
import topdraw.servers.http.Failure.Kind;
import topdraw.servers.http.ServerException;
import topdraw.servers.probe.Completion;
import topdraw.servers.probe.Worth;

/// One call that draws: requests go out, each in a virtual thread of its own, to whichever server
/// has room; answers come back to the thread that called.
final class Drawing implements AutoCloseable {
  /// Failures in a row after which a server is taken for dead.
  private static final int DEAD = 3;

  /// How many prompts in a row a server may forbid: a policy on contents forbids one here and
  /// there, a key that is allowed no longer every one.
  private static final int FORBIDDEN = 5;

  /// How often in a row a server may say that it is busy before it is given up.
  private static final int MOST_RESTS = 20;

  private static final Duration SHORTEST_REST = Duration.ofMillis(100);
  private static final Duration FIRST_REST = Duration.ofSeconds(2);
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);

  /// A server and how many requests it gets at once.
  record Place(ModelServer server, int most) {}

  /// A request and who has failed it.
  private record Job(Request request, int seed, Set<Desk> tried, String last) {
    Job failedAt(Desk desk, String line) {
      Set<Desk> more = new HashSet<>(tried);
      more.add(desk);
      return new Job(request, seed, more, line);
    }
  }

  /// What came of a job: a draw, a failure, or a bug.
  private record Arrival(
      Job job,
      Desk desk,
      @Nullable Draw draw,
      @Nullable Failure failure,
      @Nullable Throwable bug) {}

  /// A server at work.
  private static final class Desk {
    private final Place place;
    private int allowed;
    private int underWay;
    private int failedInARow;
    private final Set<String> forbidden = new HashSet<>();
    private int rests;
    private long restsUntil = System.nanoTime();
    private boolean gone;
    private String last = "";

    Desk(Place place) {
      this.place = place;
      allowed = place.most();
    }

    boolean open() {
      return !gone && underWay < allowed && restLeft() <= 0;
    }

    long restLeft() {
      return restsUntil - System.nanoTime();
    }

    void succeeded() {
      failedInARow = 0;
      forbidden.clear();
      rests = 0;
      allowed = Math.min(place.most(), allowed + 1);
    }

    /// Too much was asked of it: half as much from now on, after a rest.
    void rest(Failure failure) {
      last = failure.line();
      if (restLeft() > 0) return; // of the same burst as what it rests from
      allowed = Math.max(1, allowed / 2);
      Duration own = FIRST_REST.multipliedBy(1L << Math.min(rests, 5));
      Duration rest = failure.after().orElse(own);
      if (rest.compareTo(SHORTEST_REST) < 0) rest = SHORTEST_REST;
      if (rest.compareTo(LONGEST_REST) > 0) rest = LONGEST_REST;
      restsUntil = System.nanoTime() + rest.toNanos();
      gone |= ++rests > MOST_RESTS;
    }
  }

  private final List<Desk> desks;
  private final Sampling sampling;
  private final long seed;
  private final Worth worth;
  private final Iterator<Request> requests;
  private final Answers answers;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final Deque<Job> again = new ArrayDeque<>();
  private @Nullable Prompt seedsOf;
  private DrawSeeds seeds = new DrawSeeds(0, "");
  private int underWay;
  private int completions;
  private long tokens;

  Drawing(
      List<Place> places,
      Sampling sampling,
      long seed,
      Worth worth,
      Iterator<Request> requests,
      Answers answers) {
    this.desks = places.stream().map(Desk::new).toList();
    this.sampling = sampling;
    this.seed = seed;
    this.worth = worth;
    this.requests = requests;
    this.answers = answers;
  }

  void run() {
    while (true) {
      if (Thread.interrupted()) throw new CancellationException("interrupted while drawing");
      sendOut();
      if (underWay == 0) {
        if (again.isEmpty() && !requests.hasNext()) return;
        if (desks.stream().allMatch(desk -> desk.gone)) throw new DrawFailedException(noServer());
      }
      try {
        Arrival arrival = arrivals.poll(nanosToWait(), TimeUnit.NANOSECONDS);
        if (arrival != null) take(arrival);
      } catch (InterruptedException e) {
        throw new CancellationException("interrupted while drawing");
      }
    }
  }

  /// Until a server has rested; where none rests, for as long as it takes.
  private long nanosToWait() {
    // With nothing under way only the end of a rest goes on, and it may have come by now.
    long most = underWay == 0 ? SHORTEST_REST.toNanos() : Long.MAX_VALUE;
    return desks.stream()
        .filter(desk -> !desk.gone)
        .mapToLong(Desk::restLeft)
        .filter(left -> left > 0)
        .min()
        .stream()
        .map(left -> Math.min(left, most))
        .findFirst()
        .orElse(most);
  }

  private String noServer() {
    return "no server answers any more: "
        + String.join("; ", desks.stream().map(desk -> desk.last).toList());
  }

  /// Gives every server that has room something to do. What another has failed goes first.
  private void sendOut() {
    for (Iterator<Job> jobs = again.iterator(); jobs.hasNext(); ) {
      Job job = jobs.next();
      Optional<Desk> desk = roomiest(job.tried());
      if (desk.isPresent()) {
        jobs.remove();
        send(job, desk.get());
      } else if (desks.stream().allMatch(one -> one.gone || job.tried().contains(one))
          && desks.stream().anyMatch(one -> !one.gone)) {
        jobs.remove();
        answers.answered(job.request(), new Answer.Failed(job.last(), true));
      }
    }
    for (Optional<Desk> desk = roomiest(Set.of());
        desk.isPresent() && requests.hasNext();
        desk = roomiest(Set.of())) {
      Request request = requests.next();
      send(new Job(request, seedOf(request), Set.of(), ""), desk.get());
    }
  }

  /// The server that is asked for the smallest part of what it draws at once.
  private Optional<Desk> roomiest(Set<Desk> except) {
    Desk best = null;
    for (Desk desk : desks) {
      if (desk.open()
          && !except.contains(desk)
          && (best == null
              || (long) desk.underWay * best.place.most()
                  < (long) best.underWay * desk.place.most())) {
        best = desk;
      }
    }
    return Optional.ofNullable(best);
  }

  private int seedOf(Request request) {
    // Draws of one prompt come together, and its key is a hash of all that it says.
    if (!request.prompt().equals(seedsOf)) {
      seeds = new DrawSeeds(seed, request.prompt().key());
      seedsOf = request.prompt();
    }
    return seeds.of(request.index());
  }

  private void send(Job job, Desk desk) {
    desk.underWay++;
    underWay++;
    threads.execute(() -> arrivals.add(asked(job, desk)));
  }

  private Arrival asked(Job job, Desk desk) {
    try {
      ModelServer server = desk.place.server();
      Prompt prompt = job.request().prompt();
      Completion told = server.draw(prompt, sampling, job.seed());
      Worth known = Route.of(prompt) == server.route() ? worth : worth.unasked();
      Draw draw = ModelServer.draw(told, job.request().index(), job.seed(), known);
      return new Arrival(job, desk, draw, null, null);
    } catch (ServerException e) {
      return new Arrival(job, desk, null, e.failure(), null);
    } catch (Throwable e) {
      return new Arrival(job, desk, null, null, e);
    }
  }

  private void take(Arrival arrival) {
    Desk desk = arrival.desk();
    desk.underWay--;
    underWay--;
    if (arrival.bug() != null) {
      throw new IllegalStateException("drawing from a server failed", arrival.bug());
    }
    if (arrival.draw() != null) {
      desk.succeeded();
      completions++;
      tokens += (long) arrival.draw().length().orElse(0);
      answers.answered(arrival.job().request(), new Answer.Drawn(arrival.draw()));
      answers.drawn(completions, tokens);
    } else if (arrival.failure() != null) {
      failed(arrival.job(), desk, arrival.failure());
    }
  }

  private void failed(Job job, Desk desk, Failure failure) {
    if (ofThePrompt(failure)) {
      // Without the address: which server it was does not matter.
      String said = failure.body().isEmpty() ? failure.line() : failure.body();
      answers.answered(job.request(), new Answer.Refused("the server refuses the prompt: " + said));
      return;
    }
    if (failure.kind() == Kind.BUSY && failure.retry()) {
      desk.rest(failure);
      again.add(job);
      return;
    }
    desk.last = failure.line();
    if (failure.status() == 403) {
      // It has answered others, at opening at least, so this may lie in the prompt.
      desk.forbidden.add(job.request().prompt().key());
      desk.gone |= desk.forbidden.size() > FORBIDDEN;
      again.add(job.failedAt(desk, failure.line()));
      return;
    }
    desk.failedInARow++;
    desk.gone |= failure.kind() == Kind.UNREACHABLE || failure.kind() == Kind.NOT_ALLOWED;
    // The only server is given up later: its draws have nowhere else to go.
    desk.gone |=
        desk.failedInARow >= (desks.size() > 1 ? DEAD : Math.max(DEAD, desk.place.most()) + 1);
    again.add(job.failedAt(desk, failure.line()));
  }

  /// Whether it lies in the prompt: what a server says that never answers it.
  private static boolean ofThePrompt(Failure failure) {
    return failure.kind() == Kind.REFUSED
        && switch (failure.status()) {
          case 400, 413, 422 -> true;
          default -> false; // no such model any more, no money left: a person can mend that
        };
  }

  /// Ends what is under way; the servers see it at once.
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
