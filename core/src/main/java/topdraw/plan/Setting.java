package topdraw.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import topdraw.theory.bound.EarlyStopping;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.bound.WinRateBounds;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;
import topdraw.theory.law.BestOfPoissonLaw;
import topdraw.theory.law.OutcomeTable;
import topdraw.theory.law.Rewind;
import topdraw.theory.law.Selection;

/// A method with its numbers, the same for all prompts. Thresholds are told by the share of the
/// reference's own draws that reach them, so that a setting says something before any reward was
/// seen; at one prompt it is a [Selection], whose threshold is a reward ([#at]).
public sealed interface Setting {
  /// What is known of early stop before anything is drawn.
  Estimator EARLY_STOP =
      new Estimator("early_stop_continuous", "early stop is best-of-n of the clipped reward");

  /// Draws `n`, returns the best.
  ///
  /// @param n completions drawn per prompt, at least 1
  record BestOfN(long n) implements Setting {}

  /// Draws until one is in the top share, at most `cap` times.
  ///
  /// @param cap the most completions drawn per prompt, at least 1
  /// @param passRate the share of draws that end it, in `[0, 1]`
  record EarlyStop(long cap, double passRate) implements Setting {}

  /// Draws until one reaches a threshold fixed beforehand, at most `cap` times. The threshold says
  /// nothing of how often it is reached: win rate and drift are those of best-of-`cap` at most, and
  /// draws are at most the cap.
  ///
  /// @param cap the most completions drawn per prompt, at least 1
  /// @param threshold the reward that ends it
  record StopAt(long cap, double threshold) implements Setting {}

  /// Draws until one is in the top share.
  ///
  /// @param passRate the share of draws that end it, in `(0, 1]`
  record RewindAndRepeat(double passRate) implements Setting {}

  /// Draws `1 + Poisson(μ)`, returns the best.
  ///
  /// @param mu mean of the Poisson law, above 0
  record BestOfPoisson(double mu) implements Setting {}

  /// What it is at one prompt.
  ///
  /// @param table the prompt's outcomes
  /// @return the selection; a threshold told by a share is the largest reward that at least this
  ///   share of the outcomes reach
  default Selection at(OutcomeTable table) {
    return switch (this) {
      case BestOfN(long n) -> new Selection.BestOfN(n);
      case EarlyStop(long cap, double z) -> new Selection.EarlyStop(cap, top(table, z));
      case StopAt(long cap, double threshold) -> new Selection.EarlyStop(cap, threshold);
      case RewindAndRepeat(double z) -> new Selection.RewindAndRepeat(top(table, z));
      case BestOfPoisson(double mu) -> new Selection.BestOfPoisson(mu);
    };
  }

  private static double top(OutcomeTable table, double share) {
    double[] rewards = table.rewards();
    Arrays.sort(rewards);
    int passing = Math.clamp((int) Math.ceil(share * rewards.length), 1, rewards.length);
    return rewards[rewards.length - passing];
  }

  /// Which method it is.
  ///
  /// @return the method
  default Method method() {
    return switch (this) {
      case BestOfN best -> Method.BEST_OF_N;
      case EarlyStop stop -> Method.EARLY_STOP;
      case StopAt stop -> Method.EARLY_STOP;
      case RewindAndRepeat rewind -> Method.REWIND_AND_REPEAT;
      case BestOfPoisson poisson -> Method.BEST_OF_POISSON;
    };
  }

  /// The win rate when rewards are continuous; no reference policy allows a larger one.
  ///
  /// @return `W(π ‖ p)`
  default double winRate() {
    return switch (this) {
      case BestOfN(long n) -> WinRateBounds.analytical((double) n);
      case EarlyStop(long cap, double z) -> EarlyStopping.winRateContinuous((double) cap, z);
      case StopAt(long cap, double threshold) -> WinRateBounds.analytical((double) cap);
      case RewindAndRepeat(double z) -> Rewind.winRate(z);
      case BestOfPoisson(double mu) -> BestOfPoissonLaw.winRateContinuous(mu);
    };
  }

  /// A bound on the KL divergence on every reference policy, met when rewards are continuous.
  ///
  /// @return the bound in nats
  default double kl() {
    return switch (this) {
      case BestOfN(long n) -> KlBounds.analytical((double) n);
      case EarlyStop(long cap, double z) -> EarlyStopping.klContinuous((double) cap, z);
      case StopAt(long cap, double threshold) -> KlBounds.analytical((double) cap);
      case RewindAndRepeat(double z) -> Rewind.kl(z);
      case BestOfPoisson(double mu) -> BestOfPoissonLaw.klContinuous(mu);
    };
  }

  /// The mean number of draws.
  ///
  /// @return at least 1
  default double draws() {
    return switch (this) {
      case BestOfN(long n) -> n;
      case EarlyStop(long cap, double z) -> EarlyStopping.expectedDraws((double) cap, z);
      case StopAt(long cap, double threshold) -> cap;
      case RewindAndRepeat(double z) -> Rewind.expectedDraws(z);
      case BestOfPoisson(double mu) -> 1 + mu;
    };
  }

  /// The same method with one draw fewer: of the cap where there is one, else of the mean.
  ///
  /// @return the setting; empty where one draw is left
  default Optional<Setting> cheaper() {
    return moved(-1);
  }

  /// The same method with one draw more.
  ///
  /// @return the setting
  default Setting dearer() {
    return moved(1).orElseThrow();
  }

  private Optional<Setting> moved(int draws) {
    return switch (this) {
      case BestOfN(long n) ->
          n + draws < 1 ? Optional.empty() : Optional.of(new BestOfN(n + draws));
      case EarlyStop(long cap, double z) ->
          cap + draws < 1 ? Optional.empty() : Optional.of(new EarlyStop(cap + draws, z));
      case StopAt(long cap, double threshold) ->
          cap + draws < 1 ? Optional.empty() : Optional.of(new StopAt(cap + draws, threshold));
      case RewindAndRepeat(double z) ->
          1 / z + draws < 1
              ? Optional.empty()
              : Optional.of(new RewindAndRepeat(1 / (1 / z + draws)));
      case BestOfPoisson(double mu) ->
          mu + draws > 0 ? Optional.of(new BestOfPoisson(mu + draws)) : Optional.empty();
    };
  }

  /// What is known of it before anything is drawn.
  ///
  /// @return win rate, KL divergence and mean number of draws
  default List<Finding> findings() {
    Estimator source =
        switch (this) {
          case BestOfN best -> new Estimator("best_of_n_continuous", "Theorems 3.1 and 5.3");
          case EarlyStop stop -> EARLY_STOP;
          case StopAt stop -> EARLY_STOP;
          case RewindAndRepeat rewind -> new Estimator("rewind_continuous", "Lemma 6.2");
          case BestOfPoisson poisson ->
              new Estimator("best_of_poisson_continuous", "closed forms, data processing");
        };
    return List.of(
        Finding.exact(
            Quantity.WIN_RATE,
            winRate(),
            source.titled(source.title() + "; for continuous rewards"),
            List.of("rewards are continuous; with equal rewards it is at most this")),
        Finding.theorem(Quantity.KL, Role.UPPER_BOUND, kl(), source, List.of()),
        Finding.exact(Quantity.DRAWS, draws(), source));
  }
}
