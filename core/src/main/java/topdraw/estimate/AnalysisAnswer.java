package topdraw.estimate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import topdraw.audit.Audit;
import topdraw.audit.Withholds;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;

/// Makes an analysis of what was measured of all prompts, once the audit has spoken.
final class AnalysisAnswer {
  private final MeasuredPrompts measured;
  private final AnalysisQuestion question;
  private final Confidence confidence;
  private final MeasureGrid curves;
  private final List<Measure> rewind;
  private final long scored;
  private final boolean binary;
  private final Set<Withheld> withheld = new LinkedHashSet<>();

  AnalysisAnswer(MeasuredPrompts measured, AnalysisQuestion question, Confidence confidence) {
    this.measured = measured;
    this.question = question;
    this.confidence = confidence;
    curves = question.curves();
    rewind = question.rewind();
    scored = prompts().filter(this::isScored).count();
    binary = prompts().filter(this::isScored).allMatch(i -> measured.number(i, 0) == 1);
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
        new PromptPictures(measured, curves, question.firstOfGrid())
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
    List<Finding> findings = new ArrayList<>();
    if (Audit.refusal(measured.verdicts(), Withholds.INDEPENDENCE).isEmpty()) {
      findings.add(RoundFindings.textbookKl(n));
      findings.add(RoundFindings.textbookWinRate(n));
    }
    for (int m = 0; m < curves.measures().size(); m++) {
      Measure measure = curves.measures().get(m);
      int at = m;
      findings.addAll(
          findings(
              named(measure),
              n,
              () ->
                  measured.column(
                      p -> isScored(p) && measure.asks(n, measured.draws(p)),
                      p -> curves.number(measured, p, question.firstOfGrid(), i, at))));
    }
    return findings;
  }

  private Measure named(Measure measure) {
    return binary && measure.quantity() == Quantity.REWARD ? measure.asPassAtK() : measure;
  }

  private List<Finding> rewindFindings() {
    List<Finding> findings = new ArrayList<>();
    for (int m = 0; m < rewind.size(); m++) {
      int column = 1 + m;
      findings.addAll(
          findings(
              rewind.get(m),
              1,
              () -> measured.column(this::isScored, p -> measured.number(p, column))));
    }
    return findings;
  }

  private List<Finding> findings(Measure measure, int n, Supplier<Column> column) {
    if (measure.rests().idle(measured.verdicts())) {
      return List.of();
    }
    Optional<String> refusal = measure.rests().refusal(measured.verdicts());
    if (refusal.isPresent()) {
      withhold(measure, Withheld.refused(measure, refusal.get()));
      return List.of();
    }
    Column values = column.get();
    if (!values.complete()) {
      if (values.without() > 0) {
        withhold(measure, Withheld.unsaid(measure, values.without(), n));
      }
      return List.of();
    }
    return measure.findings(n, values, confidence);
  }

  /// Of a bound without an estimate nobody asks where it went.
  private void withhold(Measure measure, Withheld one) {
    if (measure.proof().tellsMean()) {
      withheld.add(one);
    }
  }

  private boolean isTold(Measure measure) {
    return !measure.rests().idle(measured.verdicts())
        && measure.rests().refusal(measured.verdicts()).isEmpty();
  }
}
