package topdraw.audit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import topdraw.audit.Verdict.Level;
import topdraw.draw.PromptDraws;

/// Every check over a recording, prompt by prompt. A number whose data fail a check is withheld
/// with that check's reason.
///
/// Audits of different prompts merge into that of all, which is the same however the prompts were
/// spread and in whatever order they came.
public final class Audit implements Serializable {
  private static final long serialVersionUID = 1;

  private final ArrayList<Check<?>> checks =
      new ArrayList<>(
          List.of(
              new DrawsCheck(),
              new LogProbabilityMeaningCheck(),
              new LogProbabilityRangeCheck(),
              new MassCheck(),
              new EvidenceCheck(),
              new DisagreementCheck(),
              new ReplayCheck(),
              new SeedCheck(),
              new OriginCheck(),
              new TruncationCheck()));

  private final ArrayList<OfReward> byReward = new ArrayList<>();

  /// The checks of one reward.
  private record OfReward(
      String reward,
      RewardAgreementCheck agreement,
      FilesCheck files,
      MissingRewardCheck missing,
      FlatRewardCheck flat)
      implements Serializable {
    OfReward(String reward) {
      this(
          reward,
          new RewardAgreementCheck(reward),
          new FilesCheck(reward),
          new MissingRewardCheck(reward),
          new FlatRewardCheck(reward));
    }

    Stream<Check<?>> checks() {
      return Stream.of(agreement, files, missing, flat);
    }
  }

  /// An audit that has seen nothing yet.
  ///
  /// @param rewards the rewards that estimates will use
  public Audit(List<String> rewards) {
    rewards.stream().distinct().map(OfReward::new).forEach(byReward::add);
  }

  private Stream<Check<?>> checks() {
    return Stream.concat(checks.stream(), byReward.stream().flatMap(OfReward::checks));
  }

  /// Looks at the samples of one prompt.
  ///
  /// @param prompt its samples
  /// @param position where it stands among the others, which must be its own: the first places
  ///   where something is seen are first by it
  public void look(PromptDraws prompt, long position) {
    checks().forEach(check -> check.look(prompt, position));
  }

  /// Takes in what another audit saw of other prompts.
  ///
  /// @param other an audit under the same rewards
  public void merge(Audit other) {
    List<Check<?>> theirs = other.checks().toList();
    List<Check<?>> ours = checks().toList();
    for (int i = 0; i < ours.size(); i++) {
      merge(ours.get(i), theirs.get(i));
    }
  }

  @SuppressWarnings("unchecked")
  private static <C extends Check<C>> void merge(Check<C> ours, Check<?> theirs) {
    ours.merge((C) theirs);
  }

  /// What the checks found so far.
  ///
  /// @param rewards which rewards are meant, the one that selects first
  /// @return one verdict per check that had something to look at
  public List<Verdict> verdicts(List<String> rewards) {
    List<OfReward> meant =
        rewards.stream()
            .flatMap(name -> byReward.stream().filter(of -> of.reward().equals(name)))
            .toList();
    return Stream.of(
            checks.stream(),
            meant.stream().limit(1).flatMap(of -> Stream.of(of.agreement(), of.files())),
            meant.stream().flatMap(of -> Stream.of(of.missing(), of.flat())))
        .<Check<?>>flatMap(some -> some)
        .map(Check::verdict)
        .flatMap(Optional::stream)
        .toList();
  }

  /// Why some numbers may not be printed.
  ///
  /// @param verdicts verdicts of an audit
  /// @param withholds the kind of number
  /// @return the reason of the first refusal of that kind, if there is one
  public static Optional<String> refusal(List<Verdict> verdicts, Withholds withholds) {
    return verdicts.stream()
        .filter(v -> v.level() == Level.REFUSE && v.withholds().covers(withholds))
        .map(Verdict::reason)
        .findFirst();
  }
}
