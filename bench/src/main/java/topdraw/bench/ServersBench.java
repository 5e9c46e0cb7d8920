package topdraw.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Prompt;
import topdraw.provider.Surroundings;
import topdraw.reference.Answer;
import topdraw.reference.Request;
import topdraw.reference.Sampling;
import topdraw.servers.HttpPolicy;
import topdraw.servers.Route;
import topdraw.servers.http.ClientSettings;
import topdraw.servers.http.ServerAddress;
import topdraw.servers.http.ServerClient;

/// What drawing from servers costs beside the bare sending of the same questions.
///
/// @param rounds runs of each side behind every median
/// @param hey the load tool, where there is one
/// @param progress is told each run in a line
record ServersBench(int rounds, Optional<HeyLoad> hey, Consumer<String> progress) {
  private static final Prompt PROMPT = Prompt.user("Tell me a long story about a lighthouse.");
  private static final Duration SLOW = Duration.ofSeconds(1);

  /// One server, all sides.
  ///
  /// @param server what it is
  /// @param inFlight questions under way at once
  /// @param completions of each run
  /// @param ours our client's completions a second
  /// @param bare those of a bare loop over the JDK's client, same bodies
  /// @param hey those of hey, which sends the first of the bodies each time; null without it
  /// @param toBare the ratio of ours to the bare loop's in each round
  /// @param toHey the ratio to hey's in each round; empty without it
  /// @param processorSeconds of our process for 1,000 completions
  /// @param bareProcessorSeconds the same of the bare loop
  record Rates(
      String server,
      int inFlight,
      int completions,
      double ours,
      double bare,
      @Nullable Double hey,
      List<Double> toBare,
      List<Double> toHey,
      double processorSeconds,
      double bareProcessorSeconds) {
    /// Copies the lists.
    Rates {
      toBare = List.copyOf(toBare);
      toHey = List.copyOf(toHey);
    }
  }

  /// A quick server alone, and beside one that takes a second for each answer.
  ///
  /// @param alone completions a second of the quick one
  /// @param beside the same with the slow one beside it, which holds as many as it gets at once
  /// @param ratios beside to alone in each round
  record Tail(double alone, double beside, List<Double> ratios) {
    /// Copies the list.
    Tail {
      ratios = List.copyOf(ratios);
    }
  }

  /// The whole program with many questions under way.
  ///
  /// @param inFlight how many
  /// @param completions of one run
  /// @param peakBytes the process's peak of resident memory; empty where the system does not say
  record Memory(int inFlight, int completions, OptionalLong peakBytes) {}

  /// Measures one server; ours, the bare loop's and hey's runs alternate.
  Rates rates(String name, String url, int inFlight, int completions, int tokens)
      throws IOException {
    List<Tap.Question> questions = questions(url, inFlight, completions, tokens);
    List<Load> ours = new ArrayList<>();
    List<Load> bare = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    try (HttpPolicy policy = open(inFlight, tokens, url);
        HttpClient http = HttpClient.newHttpClient()) {
      BareLoad loop = new BareLoad(http, questions, inFlight);
      for (int round = 0; round <= rounds; round++) {
        Load mine = Load.of(() -> drawn(policy, completions));
        Load other = Load.of(loop);
        Double tool =
            hey.isEmpty() ? null : hey.get().perSecond(questions.getFirst(), completions, inFlight);
        if (round == 0) continue; // warms up
        ours.add(mine);
        bare.add(other);
        if (tool != null) theirs.add(tool);
        progress.accept(
            "%s, round %d: %.1f, bare %.1f%s completions/s"
                .formatted(
                    name,
                    round,
                    mine.perSecond(),
                    other.perSecond(),
                    tool == null ? "" : ", hey %.1f".formatted(tool)));
      }
    }
    return new Rates(
        name,
        inFlight,
        completions,
        Median.of(ours, Load::perSecond),
        Median.of(bare, Load::perSecond),
        theirs.isEmpty() ? null : Median.of(theirs, rate -> rate),
        ratios(ours, bare.stream().map(Load::perSecond).toList()),
        ratios(ours, theirs),
        Median.of(ours, Load::processorSecondsPerThousand),
        Median.of(bare, Load::processorSecondsPerThousand));
  }

  private static List<Double> ratios(List<Load> ours, List<Double> theirs) {
    return IntStream.range(0, theirs.size())
        .mapToObj(i -> ours.get(i).perSecond() / theirs.get(i))
        .toList();
  }

  /// What our client asks for those completions, to the byte.
  private static List<Tap.Question> questions(String url, int inFlight, int completions, int tokens)
      throws IOException {
    try (Tap tap = new Tap(url);
        HttpPolicy policy = open(inFlight, tokens, tap.url())) {
      int before = tap.asked().size();
      drawn(policy, completions);
      List<Tap.Question> asked = tap.asked();
      return asked.subList(before, asked.size());
    }
  }

  private static HttpPolicy open(int inFlight, int tokens, String... urls) {
    Surroundings surroundings = Surroundings.of(Map.of());
    List<ServerClient> clients =
        Stream.of(urls)
            .map(
                url ->
                    ServerClient.of(
                        ServerAddress.of(url),
                        Optional.empty(),
                        ClientSettings.defaults(),
                        surroundings))
            .toList();
    return HttpPolicy.open(
        clients,
        Route.CHAT,
        Optional.empty(),
        Sampling.plain(tokens),
        1,
        Optional.of(inFlight),
        Optional.empty());
  }

  private static int drawn(HttpPolicy policy, int completions) {
    AtomicInteger drawn = new AtomicInteger();
    policy.drawAll(
        IntStream.range(0, completions).mapToObj(i -> new Request(PROMPT, i)).iterator(),
        (_, answer) -> {
          if (answer instanceof Answer.Drawn) drawn.incrementAndGet();
        });
    return drawn.get();
  }

  /// Whether a server that takes a second for each answer holds up a quick one beside it: those
  /// that the slow one holds at the end are left out.
  Tail tail(int inFlight, int completions, int tokens) throws IOException {
    List<Double> alone = new ArrayList<>();
    List<Double> beside = new ArrayList<>();
    try (ServerProcess quick = ServerProcess.fast(Duration.ZERO);
        ServerProcess slow = ServerProcess.fast(SLOW);
        HttpPolicy one = open(inFlight, tokens, quick.url());
        HttpPolicy both = open(inFlight, tokens, quick.url(), slow.url())) {
      for (int round = 0; round <= rounds; round++) {
        double a = rateOfAllBut(inFlight, one, completions);
        double b = rateOfAllBut(inFlight, both, completions);
        if (round == 0) continue; // warms up
        alone.add(a);
        beside.add(b);
        progress.accept("quick alone %.1f, beside a slow one %.1f completions/s".formatted(a, b));
      }
    }
    return new Tail(
        Median.of(alone, rate -> rate),
        Median.of(beside, rate -> rate),
        IntStream.range(0, rounds).mapToObj(i -> beside.get(i) / alone.get(i)).toList());
  }

  private static double rateOfAllBut(int last, HttpPolicy policy, int completions) {
    int counted = completions - last;
    AtomicInteger drawn = new AtomicInteger();
    AtomicLong ended = new AtomicLong();
    long began = System.nanoTime();
    policy.drawAll(
        IntStream.range(0, completions).mapToObj(i -> new Request(PROMPT, i)).iterator(),
        (_, _) -> {
          if (drawn.incrementAndGet() == counted) ended.set(System.nanoTime());
        });
    return counted * 1e9 / (ended.get() - began);
  }

  /// The peak of `topdraw sample` in a process of its own, with so many questions under way at a
  /// server that answers late.
  Memory memory(int inFlight, int completions, int tokens) throws IOException {
    try (ServerProcess late = ServerProcess.fast(SLOW)) {
      List<String> command = new ArrayList<>();
      // As ./topdraw starts it.
      command.addAll(
          Arrays.asList(
              ServerProcess.java(),
              "--enable-native-access=ALL-UNNAMED",
              "--add-modules",
              "jdk.incubator.vector",
              "-cp",
              System.getProperty("java.class.path"),
              "topdraw.cli.Topdraw",
              "sample",
              PROMPT.display(),
              "--quiet",
              "--server",
              late.url(),
              "--at-once",
              Integer.toString(inFlight),
              "--max-tokens",
              Integer.toString(tokens),
              "-n",
              Integer.toString(completions)));
      return new Memory(inFlight, completions, MeasuredProcess.run(command).peakBytes());
    }
  }
}
