package topdraw.gateway.choose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import topdraw.gateway.question.ApiException;
import topdraw.gateway.question.Method;
import topdraw.gateway.question.Options;
import topdraw.gateway.question.Question;
import topdraw.gateway.settings.Limits;
import topdraw.reference.Sampling;
import topdraw.reward.PassFail;
import topdraw.reward.Reward;
import topdraw.selection.SelectionRequest;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.law.Selection;

/// Makes a plan of what a request asks for, within what the operator allows. What is lowered is
/// told in a warning; what cannot be done is refused before anything is drawn.
public final class Planning {
  /// Draws until a threshold is reached, where nobody says how many.
  private static final int USUAL_MOST = 64;

  /// Tokens of a block, where nobody says how many.
  public static final int USUAL_BLOCK = 32;

  private final RewardShelf rewards;
  private final Limits limits;

  /// Plans of one gateway.
  ///
  /// @param rewards what can be asked for
  /// @param limits what one request may cost
  public Planning(RewardShelf rewards, Limits limits) {
    this.rewards = rewards;
    this.limits = limits;
  }

  /// How the tokens of a question are drawn.
  ///
  /// @param settings as the caller says it
  /// @return temperature 1 and nothing cut off where nothing is said
  /// @throws ApiException if a setting is out of range
  public Sampling sampling(Question.Settings settings) {
    double topP = settings.topP().orElse(1.0);
    if (topP == 0) topP = Double.MIN_NORMAL; // the likeliest token alone
    return new Sampling(
        Math.max(settings.temperature().orElse(1.0), COLDEST),
        Math.max(0, settings.topK().orElse(0)),
        topP,
        Math.min(settings.minP().orElse(0.0), 1 - 1e-9),
        Math.min(settings.maxTokens().orElse(limits.tokens()), limits.tokens()));
  }

  /// In place of temperature 0: the likeliest token has all of the probability.
  private static final double COLDEST = 1e-6;

  /// A plan.
  ///
  /// @param question what is asked
  /// @param options how the answer is to be chosen: what request, headers and alias say together
  /// @return the plan of one answer
  /// @throws ApiException if it cannot be done
  public Plan plan(Question question, Options options) {
    List<String> warnings = new ArrayList<>(question.warnings());
    question
        .settings()
        .maxTokens()
        .filter(asked -> asked > limits.tokens() && asked < Integer.MAX_VALUE)
        .ifPresent(
            asked ->
                warnings.add(
                    "at most %d tokens an answer are drawn here, %d were asked for"
                        .formatted(limits.tokens(), asked)));
    requireDraws(question, 1);
    Method method = options.chosenBy();
    Unheard.warning(method, question.options()).ifPresent(warnings::add);
    if (method == Method.PASSTHROUGH) {
      return new Plan(
          method, new Selection.BestOfN(1), 1, rewards.named("log-likelihood"), warnings);
    }
    Reward reward =
        method == Method.MAJORITY
            ? rewards.named(options.reward().orElse("majority"))
            : rewards.of(options.reward());
    refuseConflicts(method, reward);
    if (options.maxKl().isPresent()) requireBounded(method);
    if (method == Method.POISSON) return poisson(question, options, reward, warnings);
    int n = n(question, options, method, warnings);
    return switch (method) {
      case BEST_OF_N, MAJORITY -> new Plan(method, new Selection.BestOfN(n), n, reward, warnings);
      case EARLY_STOP, REWIND ->
          new Plan(
              method, new Selection.EarlyStop(n, threshold(options, reward)), n, reward, warnings);
      case SOFT ->
          new Plan(
              method,
              new Selection.SoftBestOfN(
                  n, options.temperature().orElseThrow(() -> missing("temperature", method))),
              n,
              reward,
              warnings);
      case BLOCKWISE -> blockwise(n, options, reward, warnings);
      case POISSON, PASSTHROUGH -> throw new IllegalStateException("planned above");
    };
  }

  private static void refuseConflicts(Method method, Reward reward) {
    boolean chosenAmongAll = method == Method.BEST_OF_N || method == Method.MAJORITY;
    if (reward.comparesDraws() && !chosenAmongAll) {
      throw ApiException.invalid(
          "topdraw.reward",
          "conflict",
          "%s compares all draws of an answer, so it goes with best-of-n and majority, not with %s"
              .formatted(reward.name(), method.word()));
    }
    if (method == Method.MAJORITY && !reward.comparesDraws()) {
      throw ApiException.invalid(
          "topdraw.reward",
          "conflict",
          reward.name() + " counts no votes; leave reward out with majority");
    }
  }

  private int n(Question question, Options options, Method method, List<String> warnings) {
    int asked =
        method == Method.REWIND
            ? options.maxDraws().orElse(USUAL_MOST)
            : options.n().or(options::maxDraws).orElse(SelectionRequest.USUAL);
    if (method == Method.REWIND) {
      warnings.add(
          "rewind draws on without an end; here it draws at most max_draws, which is early stop,"
              + " and what is told holds for that");
    }
    int n = lowered(asked, limits.n(), "the most for one answer", warnings);
    n =
        lowered(
            n,
            Math.max(1, limits.draws() / question.choices()),
            "the most for one request shared by its answers",
            warnings);
    if (question.settings().temperature().orElse(1.0) == 0 && n > 1) {
      warnings.add("at temperature 0 all completions are alike, so one is drawn");
      n = 1;
    }
    if (options.maxKl().isPresent()) {
      double most = options.maxKl().get();
      int within = n;
      while (within > 1 && KlBounds.analytical(within) > most) within--;
      n = lowered(n, within, "what stays within max_kl_nats whatever is drawn", warnings);
    }
    return n;
  }

  private static void requireBounded(Method method) {
    if (method == Method.BLOCKWISE || method == Method.POISSON) {
      throw ApiException.invalid(
          "topdraw.max_kl_nats",
          "conflict",
          "max_kl_nats lowers n until the best of n stays within it, which says nothing of "
              + method.word()
              + "; leave it out");
    }
  }

  private static int lowered(int asked, int most, String why, List<String> warnings) {
    if (asked <= most) return asked;
    warnings.add("n is %d, %s; %d was asked for".formatted(most, why, asked));
    return most;
  }

  private static double threshold(Options options, Reward reward) {
    return options
        .threshold()
        .or(() -> PassFail.names(reward.name()) ? Optional.of(1.0) : Optional.empty())
        .orElseThrow(() -> missing("threshold", Method.EARLY_STOP));
  }

  private static Plan blockwise(int n, Options options, Reward reward, List<String> warnings) {
    if (!reward.scoresPrefixes()) {
      throw ApiException.invalid(
          "topdraw.reward",
          "conflict",
          reward.name()
              + " cannot score an unfinished answer, so it cannot choose among blocks;"
              + " log-likelihood and regex:PATTERN can");
    }
    return new Plan(
        Method.BLOCKWISE,
        new Selection.BestOfN(n),
        n,
        OptionalInt.of(options.blockTokens().orElse(USUAL_BLOCK)),
        reward,
        warnings);
  }

  private void requireDraws(Question question, int each) {
    if ((long) question.choices() * each > limits.draws()) {
      throw ApiException.invalid(
          "n",
          "invalid_value",
          "%d answers take %d completions, and one request may draw %d here"
              .formatted(question.choices(), (long) question.choices() * each, limits.draws()));
    }
  }

  private Plan poisson(Question question, Options options, Reward reward, List<String> warnings) {
    double mean = options.mean().orElseThrow(() -> missing("mean", Method.POISSON));
    if (mean > limits.n() / 2.0) {
      throw ApiException.invalid(
          "topdraw.mean",
          "invalid_value",
          "mean is at most %s here, half of the most completions of one answer, was %s"
              .formatted(limits.n() / 2.0, mean));
    }
    requireDraws(question, 1 + (int) Math.ceil(mean));
    return new Plan(
        Method.POISSON,
        new Selection.BestOfPoisson(mean),
        1 + (int) Math.ceil(mean),
        reward,
        warnings);
  }

  private static ApiException missing(String name, Method method) {
    return ApiException.invalid(
        "topdraw." + name,
        "missing_required_parameter",
        "topdraw." + name + " is missing; " + method.word() + " needs it");
  }
}
