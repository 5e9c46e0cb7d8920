package topdraw.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import topdraw.draw.Draft;
import topdraw.draw.Draw;
import topdraw.draw.InputFile;
import topdraw.draw.Prompt;
import topdraw.draw.PromptDraws;
import topdraw.draw.SampleSource;
import topdraw.estimate.Analysis;
import topdraw.estimate.AnalysisQuestion;
import topdraw.estimate.GoldQuestion;
import topdraw.estimate.GoldStudy;
import topdraw.estimate.Measurements;
import topdraw.estimate.Overoptimization;
import topdraw.estimate.Protocol;
import topdraw.estimate.Question;
import topdraw.estimate.Questions;
import topdraw.theory.finding.Confidence;
import topdraw.words.AnalysisReport;

/// Analyses by the real analyzer, of draws from laws that are known: prompt j has 2 + j % 50
/// outcomes, each half as likely as the one before, and a reward for each.
///
/// @param prompts how many prompts
/// @param draws how many draws of each
/// @param logProbabilities whether their log-probabilities are recorded
/// @param text what every prompt, completion and name of the recording says
/// @param question what is asked
record SampleAnalysis(
    int prompts, int draws, boolean logProbabilities, String text, AnalysisQuestion question) {
  private static final long SEED = 20261124;

  static SampleAnalysis of(int prompts, int draws) {
    return new SampleAnalysis(prompts, draws, true, "plain", question(Protocol.SUBSETS));
  }

  static AnalysisQuestion question(Protocol protocol) {
    return new AnalysisQuestion(
        "score", Optional.empty(), OptionalDouble.empty(), List.of(), protocol);
  }

  SampleAnalysis withoutLogProbabilities() {
    return new SampleAnalysis(prompts, draws, false, text, question);
  }

  SampleAnalysis saying(String words) {
    return new SampleAnalysis(prompts, draws, logProbabilities, words, question);
  }

  SampleAnalysis asked(AnalysisQuestion other) {
    return new SampleAnalysis(prompts, draws, logProbabilities, text, other);
  }

  Analysis analysis() {
    return Analysis.of(measured(question), question, Confidence.DEFAULT);
  }

  private Optional<Overoptimization> study() {
    return question
        .gold()
        .map(gold -> new GoldQuestion(question.reward(), gold, Optional.empty()))
        .flatMap(gold -> GoldStudy.possible(measured(gold), gold, SEED, Confidence.DEFAULT));
  }

  private Measurements measured(Question one) {
    return Questions.of(one).measure(this::each, Runnable::run, 0);
  }

  private void each(Consumer<PromptDraws> consumer) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    for (int j = 0; j < prompts; j++) {
      consumer.accept(prompt(j, random));
    }
  }

  AnalysisReport report() {
    return new AnalysisReport(
        analysis(),
        study(),
        List.of(),
        "Best of some, as estimated.",
        new SampleSource(
            List.of(text + ".jsonl"),
            List.of(new InputFile(text + ".jsonl", 12_345, "ab".repeat(32))),
            List.of(text + ".jsonl: prompt=" + text + " rewards=score"),
            1,
            List.of(text + ".jsonl:3: not JSON"),
            Map.of("model", text, "seed", "7")),
        Map.of("topdraw", "0.1.0"));
  }

  private PromptDraws prompt(int j, RandomGenerator random) {
    List<Draw> samples = new ArrayList<>();
    for (int i = 0; i < draws; i++) {
      samples.add(draw(1 + j % 50, random, i, text + ":" + (j * draws + i + 1)));
    }
    return new PromptDraws(
        text + " " + j, Optional.of(Prompt.user("Prompt " + j + " " + text)), samples);
  }

  /// The outcome is the number of heads before the first tail, at most `last`.
  private Draw draw(int last, RandomGenerator random, int index, String place) {
    int outcome = Math.min(last, Integer.numberOfTrailingZeros(random.nextInt() | 1 << 30));
    double logP = -Math.log(2) * (outcome == last ? last : outcome + 1);
    Draft draft =
        Draft.of(text + " answer " + outcome)
            .reward("score", outcome * 7 % (last + 1))
            .reward("gold", outcome)
            .tokens(10 + outcome);
    return (logProbabilities ? draft.logP(logP, Draft.EXACT) : draft).at(index, place);
  }
}
