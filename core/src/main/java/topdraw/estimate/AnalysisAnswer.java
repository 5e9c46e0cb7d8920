package topdraw.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import topdraw.audit.Audit;
import topdraw.audit.Withholds;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.reward.Rewards;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.pool.KlAnswer;
import topdraw.theory.pool.TwoLevelKl;
import topdraw.theory.pool.TwoLevelWinRate;

/// Makes an analysis of what was measured of all prompts, once the audit has spoken.
final class AnalysisAnswer {
  private static final Interval RATES = new Interval(0, 1);

  private final MeasuredPrompts measured;
  private final AnalysisQuestion question;
  private final Confidence confidence;
  private final MeasureGrid curves;
  private final GridNumbers numbers;
  private final List<Measure> rewind;
  private final long scored;
  private final boolean binary;
  private final MeanFindings means;
  private final Once<PassFindings> passFindings;
  private final Set<Withheld> withheld = new LinkedHashSet<>();
  private double[] unknown = {};
  private int[] lastDraws = {};

  AnalysisAnswer(MeasuredPrompts measured, AnalysisQuestion question, Confidence confidence) {
    this.measured = measured;
    this.question = question;
    this.confidence = confidence;
    curves = question.curves();
    numbers = new GridNumbers(measured, curves, question.firstOfGrid());
    rewind = question.rewind();
    scored = prompts().filter(this::isScored).count();
    binary = prompts().filter(this::isScored).allMatch(i -> measured.number(i, 0) >= 0);
    means = new MeanFindings(confidence, question.scope());
    passFindings =
        new Once<>(
            () -> {
              int[] some = prompts().filter(this::isScored).toArray();
              return new PassFindings(
                  Arrays.stream(some).map(p -> (int) measured.number(p, 0)).toArray(),
                  Arrays.stream(some).map(measured::draws).toArray(),
                  means);
            });
  }

  private IntStream prompts() {
    return IntStream.range(0, measured.count());
  }

  private boolean isScored(int prompt) {
    return measured.length(prompt) > 0;
  }

  Analysis analysis() {
    if (scored == 0) {
      throw new InputException(
          Problem.UNKNOWN,
          "no sample has a score of the reward '" + question.reward() + "'; name another with ",
          Parameter.REWARD,
          ", or its column with ",
          Parameter.MAP,
          " reward=COLUMN");
    }
    List<AtN> curve = curve();
    if (curve.isEmpty()) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "no prompt has " + question.grid().getFirst() + " draws; ask for a smaller n with ",
          Parameter.N);
    }
    List<Finding> ofRewind = rewindFindings();
    return new Analysis(
        question,
        confidence,
        scored,
        measured.count() - scored,
        prompts().filter(this::isScored).mapToLong(measured::draws).sum(),
        binary,
        measured.verdicts(),
        List.copyOf(withheld),
        curve,
        ofRewind,
        new PromptPictures(measured, curves, numbers)
            .curves(measure -> isTold(measure), this::named));
  }

  /// By default as far as at least half of the prompts have as many draws.
  private List<AtN> curve() {
    int most = prompts().filter(this::isScored).map(measured::draws).max().orElseThrow();
    int[] grid = curves.upTo(most);
    List<AtN> curve = new ArrayList<>();
    for (int i = 0; i < grid.length; i++) {
      int n = grid[i];
      long have = prompts().filter(p -> isScored(p) && measured.draws(p) >= n).count();
      if (!question.grid().isEmpty() || 2 * have >= scored) {
        curve.add(new AtN(n, have, atN(i, n)));
      }
    }
    return curve;
  }

  private List<Finding> atN(int i, int n) {
    List<Finding> first = new ArrayList<>();
    if (Audit.refusal(measured.verdicts(), Withholds.SEVERAL_DRAWS).isEmpty()) {
      first.add(RoundFindings.textbookKl(n));
      first.add(RoundFindings.textbookWinRate(n));
    }
    return findings(curves, first, n, (p, m, part) -> number(p, i, m, part));
  }

  private double number(int prompt, int i, int measure, int part) {
    return numbers.at(prompt, i, measure, part);
  }

  private Measure named(Measure measure) {
    return binary && measure.quantity() == Quantity.REWARD ? measure.asPassAtK() : measure;
  }

  private List<Finding> rewindFindings() {
    return rewind.isEmpty()
        ? List.of()
        : findings(
            new MeasureGrid(rewind, List.of()),
            List.of(),
            1,
            (p, m, part) -> part == 0 ? measured.number(p, 1 + m) : Double.NaN);
  }

  /// A number of a prompt.
  @FunctionalInterface
  private interface Numbers {
    double at(int prompt, int measure, int part);
  }

  /// What is proven comes first, because no estimate leaves it; it is told after the estimate it
  /// belongs to.
  private List<Finding> findings(MeasureGrid grid, List<Finding> first, int n, Numbers numbers) {
    List<Finding> findings = new ArrayList<>(first);
    var bounds = new LinkedHashMap<Measure, List<Finding>>();
    List<Finding> proven = new ArrayList<>(first);
    for (int m = 0; m < grid.measures().size(); m++) {
      Measure measure = named(grid.measures().get(m));
      Optional<PromptNumbers> said = passes(measure) ? Optional.empty() : said(grid, m, n, numbers);
      if (said.isPresent()) {
        List<Finding> ofMeasure = MeasureBounds.of(measure, n, said.get(), means);
        bounds.put(measure, ofMeasure);
        proven.addAll(ofMeasure);
      }
    }
    for (int m = 0; m < grid.measures().size(); m++) {
      Measure measure = named(grid.measures().get(m));
      if (passes(measure)) {
        findings.addAll(passFindings.get().at(measure, n));
      } else if (bounds.containsKey(measure)) {
        // The numbers of one measure at a time: there may be millions.
        if (measure.proof() != Measure.Proof.CERTAIN) {
          said(grid, m, n, numbers)
              .flatMap(said -> mean(measure, n, said, proven(measure, n, proven)))
              .ifPresent(findings::add);
        }
        findings.addAll(bounds.get(measure));
      }
    }
    return findings;
  }

  private Optional<PromptNumbers> said(MeasureGrid grid, int m, int n, Numbers numbers) {
    return said(named(grid.measures().get(m)), n, (p, part) -> numbers.at(p, m, part));
  }

  /// Whether a measure is told from how many draws pass.
  private boolean passes(Measure measure) {
    return measure.quantity() == Quantity.PASS_AT_K && question.protocol() == Protocol.SUBSETS;
  }

  /// Where theorems let a quantity lie; only drift has any that data enter.
  private Interval proven(Measure measure, int n, List<Finding> theorems) {
    Interval range = measure.quantity().range();
    if (binary && measure.quantity() == Quantity.WIN_RATE) {
      return TwoLevelWinRate.over(n, RATES);
    }
    if (!isDrift(measure.quantity())) {
      return range;
    }
    double lower = Math.max(0, bound(measure, Role.LOWER_BOUND, theorems).max().orElse(0));
    double upper =
        Math.min(
            bound(measure, Role.UPPER_BOUND, theorems).min().orElse(range.upper()),
            binary ? TwoLevelKl.over(n, RATES).upper() : KlBounds.analytical(n));
    return new Interval(Math.min(lower, upper), upper);
  }

  private static DoubleStream bound(Measure measure, Role role, List<Finding> theorems) {
    return theorems.stream()
        .filter(f -> f.quantity() == measure.quantity() && f.role() == role)
        .mapToDouble(Finding::value);
  }

  private static boolean isDrift(Quantity quantity) {
    return quantity == Quantity.KL || quantity == Quantity.EARLY_STOP_KL;
  }

  private Optional<Finding> mean(Measure measure, int n, PromptNumbers numbers, Interval proven) {
    if (measure.proof() == Measure.Proof.CERTAIN) {
      return Optional.empty();
    }
    if (!(measure.reading() instanceof Reading.Drift)) {
      Finding told = means.ofValues(measure, n, numbers, possible(measure, numbers, proven));
      Optional<Finding> ofOne =
          switch (measure.quantity()) {
            case WIN_RATE -> binary ? passFindings.get().winRateOfOne(n, told) : Optional.empty();
            case EARLY_STOP_DRAWS -> stopDrawsOfOne(n, told, numbers);
            default -> Optional.empty();
          };
      return ofOne.or(() -> Optional.of(told));
    }
    KlAnswer answer = means.drift(measure, n, numbers, proven);
    Optional<Finding> told = means.ofDrift(measure, n, answer, numbers, proven);
    if (binary && measure.quantity() == Quantity.KL && !(answer instanceof KlAnswer.Exact)) {
      Optional<Finding> ofOne = passFindings.get().driftOfOne(n, told, proven);
      if (ofOne.isPresent()) {
        return ofOne;
      }
    }
    if (answer instanceof KlAnswer.Withheld(KlAnswer.Reason reason)) {
      withheld.add(
          new Withheld(measure.quantity(), measure.source(), OptionalInt.of(n), reason.words()));
    }
    return told;
  }

  /// How many draws early stop makes where a single prompt is spoken of: the rate of draws that
  /// reach the threshold tells it, so no more is possible than over what that rate may be.
  private Optional<Finding> stopDrawsOfOne(int n, Finding told, PromptNumbers numbers) {
    if (numbers.prompts() != 1 || means.scope(1) != Scope.DRAWS || told.interval().isEmpty()) {
      return Optional.empty();
    }
    int prompt =
        prompts().filter(p -> isScored(p) && measured.draws(p) >= n).findFirst().orElseThrow();
    int draws = measured.draws(prompt);
    for (int m = 0; m < rewind.size(); m++) {
      if (rewind.get(m).quantity() == Quantity.PASS_RATE) {
        int passed = (int) Math.round(measured.number(prompt, 1 + m) * draws);
        return Optional.of(
            new RoundPasses(passed, draws).stopDraws(told, n, confidence).overPrompts(1));
      }
    }
    return Optional.empty();
  }

  /// Of a reward that by its name is 0 at most, unless somebody's numbers of that name are not.
  private Interval possible(Measure measure, PromptNumbers numbers, Interval proven) {
    return measure.quantity() == Quantity.REWARD
            && Rewards.neverAboveZero(question.reward())
            && Arrays.stream(numbers.values()).allMatch(value -> value <= 0)
        ? new Interval(proven.lower(), 0)
        : proven;
  }

  /// What the prompts that are asked say, where all of them can and the audit lets it stand.
  private Optional<PromptNumbers> said(Measure measure, int n, PartOfPrompt number) {
    if (measure.rests().idle(measured.verdicts())) {
      return Optional.empty();
    }
    Optional<String> refusal = measure.rests().refusal(measured.verdicts());
    if (refusal.isPresent()) {
      withheld.add(Withheld.refused(measure, refusal.get()));
      return Optional.empty();
    }
    IntPredicate asked = p -> isScored(p) && measure.asks(n, measured.draws(p));
    Column values = measured.column(asked, p -> number.at(p, 0));
    if (!values.complete()) {
      boolean nobodySaid =
          measure.quantity() == Quantity.MAJ_AT_K && values.without() == values.prompts();
      if (values.without() > 0 && !nobodySaid) {
        withheld.add(Withheld.unsaid(measure, values.without(), n));
      }
      return Optional.empty();
    }
    List<double[]> parts = new ArrayList<>(List.of(values.values()));
    for (int part = 1; part < measure.reading().width(true); part++) {
      int other = part;
      Column more = measured.column(asked, p -> number.at(p, other));
      parts.add(more.without() == more.prompts() ? unknown(more.prompts()) : more.values());
    }
    return Optional.of(new PromptNumbers(parts, draws(asked)));
  }

  /// Numbers of which none is known, kept once.
  private double[] unknown(int prompts) {
    if (unknown.length != prompts) {
      unknown = new double[prompts];
      Arrays.fill(unknown, Double.NaN);
    }
    return unknown;
  }

  /// How many draws the prompts have that are asked; those asked last are mostly asked again.
  private int[] draws(IntPredicate asked) {
    int[] draws = prompts().filter(asked).map(measured::draws).toArray();
    if (!Arrays.equals(draws, lastDraws)) {
      lastDraws = draws;
    }
    return lastDraws;
  }

  @FunctionalInterface
  private interface PartOfPrompt {
    double at(int prompt, int part);
  }

  private boolean isTold(Measure measure) {
    return !measure.rests().idle(measured.verdicts())
        && measure.rests().refusal(measured.verdicts()).isEmpty();
  }
}
