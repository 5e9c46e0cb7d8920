package topdraw.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topdraw.bench.LiveMethods.Timed;
import topdraw.cli.ConfidenceOption;
import topdraw.cli.ModelOptions;
import topdraw.cli.ProgressLine;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.run.QuickstartRun;
import topdraw.reference.PausingPolicy;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Sampling;
import topdraw.theory.confidence.RatioInterval;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.words.Digits;
import topdraw.words.Percent;

@Command(
    name = "methods",
    description = {
      "What each method draws to do as well as best-of-16: plain, early stop, planned early stop,"
          + " prefix-scored rejection, blockwise, a budget across prompts.",
      "",
      "On the questions of the quickstart and the embedded model, against the clock; and on three"
          + " pools simulated from stated laws, of the shapes that public pools have: problems"
          + " solved or not, a reward model's scores, ratings from 1 to 5. Settings are chosen on"
          + " the first half of every prompt's draws and measured on the second. Takes some"
          + " minutes."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw bench methods --only rating"})
final class MethodsBenchCommand implements Callable<Integer> {
  private static final String MODEL = "model";
  private static final int FEWEST_DRAWS = 40;

  @Spec private CommandSpec spec;
  @Mixin private ModelOptions modelOptions;
  @Mixin private ConfidenceOption confidence;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PART",
      description = "Only some of: model, math, scores, rating.")
  private List<String> only = List.of();

  @Option(
      names = "--prompts",
      paramLabel = "P",
      defaultValue = "100",
      description = "Prompts of each simulated pool. Default: 100.")
  private int prompts;

  @Option(
      names = "--draws",
      paramLabel = "N",
      defaultValue = "256",
      description = "Draws of each of their prompts, half of them to choose by. Default: 256.")
  private int draws;

  @Option(
      names = "--model-draws",
      paramLabel = "N",
      defaultValue = "64",
      description = "Answers of the model to each question. Default: 64.")
  private int modelDraws;

  @Option(
      names = "--replays",
      paramLabel = "R",
      defaultValue = "40",
      description = "Replays of each prompt where a method is no formula. Default: 40.")
  private int replays;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "2",
      description =
          "Rounds of all methods on the model, against the clock; 0 for none. Default: 2.")
  private int rounds;

  @Option(
      names = "--max-tokens",
      paramLabel = "T",
      defaultValue = "48",
      description = "The most tokens of the model's answers. Default: 48.")
  private int maxTokens;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "The same seed gives the same draws. Default: 0.")
  private long seed;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  /// One part of the table.
  ///
  /// @param pools what was replayed
  /// @param rows what came of it
  /// @param timed what was timed; none where nothing was drawn
  private record Part(MethodPools pools, List<MethodRow> rows, List<Timed> timed) {}

  @Override
  public Integer call() throws IOException {
    check();
    List<String> parts = parts();
    List<Part> done = new ArrayList<>();
    PrintWriter out = spec.commandLine().getOut();
    try (ProgressLine progress =
        ProgressLine.of(spec.commandLine().getErr(), "methods", parts.size(), "")) {
      for (String name : parts) {
        int before = done.size();
        progress.show(before, name, () -> before + " of " + parts.size() + " parts, " + name);
        Part part = name.equals(MODEL) ? model(progress, before, parts.size()) : pool(name);
        done.add(part);
        if (!json) {
          print(out, part);
        }
      }
    }
    if (json) {
      out.println(Json.line(asJson(done)));
    }
    return 0;
  }

  private void check() {
    atLeast("--prompts", prompts, 10);
    atLeast("--draws", draws, 2 * FEWEST_DRAWS);
    atLeast("--model-draws", modelDraws, FEWEST_DRAWS);
    atLeast("--replays", replays, 1);
    atLeast("--rounds", rounds, 0);
  }

  private static void atLeast(String option, int value, int least) {
    if (value < least) {
      throw new InputException(
          Problem.OUT_OF_RANGE, option + " must be at least " + least + ", was " + value);
    }
  }

  private List<String> parts() {
    List<String> all = new ArrayList<>(List.of(MODEL));
    Arrays.stream(PoolLaw.values()).map(PoolLaw::words).forEach(all::add);
    for (String asked : only) {
      if (!all.contains(asked)) {
        throw new InputException(
            Problem.UNKNOWN, "no part '%s'; there is %s".formatted(asked, String.join(", ", all)));
      }
    }
    return only.isEmpty() ? all : all.stream().filter(only::contains).toList();
  }

  private Part pool(String name) {
    PoolLaw law =
        Arrays.stream(PoolLaw.values())
            .filter(one -> one.words().equals(name))
            .findFirst()
            .orElseThrow();
    MethodPools pools = law.drawn(prompts, draws, seed);
    return new Part(pools, study(pools).rows(), List.of());
  }

  private MethodStudy study(MethodPools pools) {
    return new MethodStudy(pools, confidence.value(), replays, seed);
  }

  private Part model(ProgressLine progress, int before, int parts) throws IOException {
    var live = new LiveMethods(QuickstartRun.questions(), maxTokens);
    MethodPools pools;
    try (ReferencePolicy policy = open(0)) {
      if (!(policy instanceof PausingPolicy pausing)) {
        throw new InputException(
            Problem.UNSUPPORTED,
            policy.provenance().model() + " cannot pause; this bench draws in this process");
      }
      List<String> asked = new ArrayList<>();
      pools =
          live.recorded(
              pausing,
              modelDraws,
              prompt -> {
                asked.add(prompt.key());
                show(progress, before, parts, asked.size() + " questions drawn");
              });
    }
    MethodStudy study = study(pools);
    List<MethodRow> rows = study.rows();
    List<Timed> timed =
        rounds == 0
            ? List.of()
            : live.timed(
                this::open,
                rounds,
                study.earlyStop(),
                study.planned(),
                study.rejection(),
                round -> show(progress, before, parts, round + " of " + rounds + " rounds timed"));
    return new Part(pools, rows, timed);
  }

  private static void show(ProgressLine progress, int before, int parts, String state) {
    progress.show(before, state, () -> "%d of %d parts, model: %s".formatted(before, parts, state));
  }

  private ReferencePolicy open(int round) throws IOException {
    return modelOptions.open(Sampling.plain(maxTokens), seed + round);
  }

  // Words

  private void print(PrintWriter out, Part part) {
    MethodPools pools = part.pools();
    out.printf(
        "%s: %s%n%d prompts, %d draws each, half of them to choose by; seed %d%n",
        pools.name(), pools.law(), pools.prompts().size(), pools.draws(), seed);
    out.printf(
        "%-24s%-49s%-26s%-28s%-8s%-23s%-15s%s%n",
        "method",
        "setting",
        pools.passFail() ? "pass rate" : "win rate",
        "less best-of-" + MethodStudy.N,
        "draws",
        "tokens of best-of-" + MethodStudy.N,
        "drift at most",
        "drift");
    part.rows().forEach(row -> out.println(line(row)));
    if (part.rows().stream().noneMatch(row -> row.method().equals(MethodStudy.PLANNED))) {
      out.println("planned early stop: so many draws certify no setting");
    }
    out.println(
        "rates, draws, tokens, drift: estimates, intervals at "
            + Percent.of(confidence.value().value())
            + "; of best-of-n and early stop over all subsets of the recorded draws, else over "
            + replays
            + " replays; drift at most: theorem");
    if (pools.name().equals(MODEL)) {
      printTimed(out, part.timed());
    } else {
      out.println("blockwise goes on from what it keeps, which nobody recorded: model only");
    }
    out.println();
    out.flush();
  }

  private static String line(MethodRow row) {
    return String.format(
        Locale.ROOT,
        "%-24s%-49s%-26s%-28s%-8.2f%-23s%-15s%s",
        row.method(),
        row.setting() + (row.reached() ? "" : ", not reached"),
        told(row.rate()),
        String.format(Locale.ROOT, "%+.4f", row.gap().value())
            + row.gap()
                .interval()
                .map(i -> String.format(Locale.ROOT, " [%+.4f, %+.4f]", i.lower(), i.upper()))
                .orElse(""),
        row.draws().value(),
        share(row.share()),
        Digits.of(row.klAtMost()),
        row.kl().map(MethodsBenchCommand::told).orElse("-"));
  }

  private static String told(Finding finding) {
    return Digits.of(finding)
        + finding
            .interval()
            .map(i -> " [" + Digits.down(i.lower()) + ", " + Digits.up(i.upper()) + "]")
            .orElse("");
  }

  private static String share(RatioInterval share) {
    return switch (share) {
      case RatioInterval.Found(double ratio, var interval) ->
          String.format(
              Locale.ROOT, "%.3f [%.3f, %.3f]", ratio, interval.lower(), interval.upper());
      case RatioInterval.Constant(double ratio) -> String.format(Locale.ROOT, "%.3f", ratio);
      case RatioInterval.WithinNoise _ -> "-";
    };
  }

  private static void printTimed(PrintWriter out, List<Timed> timed) {
    if (timed.isEmpty()) {
      return;
    }
    Timed plain = timed.getFirst();
    out.printf(
        "%nanswered by each in turn, %d rounds of other seeds%n%-24s%-49s%-26s%-20s%-22s%-32s%s%n",
        plain.seconds().size(),
        "method",
        "setting",
        "right (of " + plain.answers() + ")",
        "tokens an answer",
        "seconds an answer",
        "of best-of-" + MethodStudy.N + " (least to most)",
        "drift at most");
    for (Timed one : timed) {
      double[] ratios = one.ratios(plain);
      out.println(
          String.format(
              Locale.ROOT,
              "%-24s%-49s%-26s%-20.1f%-22.2f%-32s%s",
              one.method(),
              one.setting(),
              String.format(
                  Locale.ROOT,
                  "%.3f [%.3f, %.3f]",
                  one.rate(),
                  one.limits().lower(),
                  one.limits().upper()),
              one.tokensAnAnswer(),
              one.secondsAnAnswer(),
              String.format(
                  Locale.ROOT,
                  "%.2f (%.2f to %.2f)",
                  Median.of(ratios),
                  Arrays.stream(ratios).min().orElseThrow(),
                  Arrays.stream(ratios).max().orElseThrow()),
              Digits.up(one.klAtMost())));
    }
  }

  private Map<String, Object> asJson(List<Part> parts) {
    Map<String, Object> report = new LinkedHashMap<>();
    Confidence told = confidence.value();
    report.put("seed", seed);
    report.put("confidence", told.value());
    report.put("best_of", MethodStudy.N);
    report.put("parts", parts.stream().map(MethodsBenchCommand::json).toList());
    return report;
  }

  private static Map<String, Object> json(Part part) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", part.pools().name());
    object.put("law", part.pools().law());
    object.put("prompts", part.pools().prompts().size());
    object.put("draws", part.pools().draws());
    object.put("rate", part.pools().passFail() ? "pass_rate" : "win_rate");
    object.put("rows", part.rows().stream().map(MethodRow::json).toList());
    object.put("timed", part.timed());
    return object;
  }
}
