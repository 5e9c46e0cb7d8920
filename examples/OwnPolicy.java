import topdraw.draw.*;
import topdraw.estimate.*;
import topdraw.plan.*;
import topdraw.recordings.prompts.PromptFile;
import topdraw.recordings.run.Run;
import topdraw.recordings.run.RunRecording;
import topdraw.reference.*;
import topdraw.reward.Rewards;
import topdraw.theory.confidence.Scope;
import topdraw.theory.finding.Confidence;

/// A model of your own: here one that guesses a digit, 7 as likely as it likes.
record Guesser(double seven, long seed) implements ReferencePolicy {
  public void drawAll(Iterator<Request> requests, Answers answers) {
    ReferencePolicy.oneByOne(requests, answers, request -> {
      boolean hit = Seeds.stream(seed, request.prompt().key(), request.index()).nextDouble() < seven;
      var logP = new LogProbability.Exact(Math.log(hit ? seven : 1 - seven));
      return new Answer.Drawn(Draw.of(request.index(), hit ? "7" : "4", Tokens.unknown(), logP, FinishReason.STOP));
    });
  }

  public Capabilities capabilities() { return new Capabilities(true, true, 1); }
  public Provenance provenance() { return new Provenance("guesser", Map.of("seven", "" + seven), Sampling.plain(1), seed); }
  public void close() {}
}

/// Recorded, analysed, planned: which setting is right in 95 of 100 cases, surely?
void main(String[] args) throws Exception {
  var folder = Path.of(args[0]);
  var prompts = PromptFile.of(List.of("A number from 1 to 9?", "Days of a week?", "Three and four?"));
  Run.record(folder, new Guesser(0.2, 7), List.of(Rewards.named("numeric:7")), prompts, 16, 8);
  try (var run = RunRecording.open(folder)) {
    Analysis.of(run, "numeric:7").firm().findings().forEach(IO::println);
    var pilot = new PilotQuestion("numeric:7", Set.of(Method.BEST_OF_N, Method.EARLY_STOP), Optional.empty(), OptionalDouble.empty(), Scope.DRAWS);
    var targets = new Targets(OptionalDouble.empty(), OptionalDouble.of(0.95), OptionalDouble.empty(), OptionalDouble.empty());
    var plan = PilotPlanner.plan(Questions.of(pilot).measure(run), new PilotSettings(pilot, targets, Confidence.DEFAULT));
    plan.choice().flatMap(PilotPlan.Option::step).ifPresent(step -> IO.println(step.setting() + "\n" + step.findings()));
  }
}
