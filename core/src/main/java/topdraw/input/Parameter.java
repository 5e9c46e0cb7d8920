package topdraw.input;

/// What a user can set, by its word. A front end knows what it is called there: an option of a
/// command line, a parameter of a request.
public enum Parameter {
  /// The reward that selects or is judged by.
  REWARD("reward"),
  /// Two rewards that select, side by side.
  REWARDS("rewards"),
  /// A reward that counts.
  GOLD("gold"),
  /// A win rate to reach.
  WIN_RATE("win-rate"),
  /// A drift to stay within.
  KL("kl"),
  /// A mean reward to reach.
  REWARD_AT_LEAST("reward-at-least"),
  /// A budget of draws.
  DRAWS("draws"),
  /// A budget of tokens.
  TOKENS("tokens"),
  /// A budget of time.
  SECONDS("seconds"),
  /// The recorded samples.
  RUN("run"),
  /// A reward that is enough.
  THRESHOLD("threshold"),
  /// Whether the drawing goes on until a threshold is reached.
  REWIND("rewind"),
  /// The temperature of a soft choice.
  SOFT("soft"),
  /// The mean of a random number of draws.
  POISSON("poisson"),
  /// How subsets of draws are taken.
  PROTOCOL("protocol"),
  /// The number of draws.
  N("n"),
  /// Which column holds what.
  MAP("map"),
  /// What log-probabilities are of.
  LOG_P("log-p"),
  /// The shape of an export.
  TO("to"),
  /// Which losers an export takes.
  REJECTED("rejected"),
  /// Whether prompts go without a chat template.
  RAW("raw"),
  /// Where something is written.
  OUTPUT("output"),
  /// Whether a run begins anew.
  FRESH("fresh"),
  /// How many batches a run has.
  BATCHES("batches"),
  /// The model's file.
  MODEL("model"),
  /// Whether a model of unknown hash is loaded.
  TRUST_MODEL("trust-model"),
  /// The build of llama.cpp.
  ENGINE("engine"),
  /// Which weights of the model are drawn from.
  WEIGHTS("weights"),
  /// How many completions a server is asked for at once.
  AT_ONCE("at-once"),
  /// How long a server may take.
  SERVER_TIMEOUT("server-timeout"),
  /// Whether an answer is chosen block by block.
  BLOCK("block"),
  /// When completions are looked at on their way.
  REJECT_AT("reject-at"),
  /// The share of them that goes on.
  KEEP("keep");

  private final String word;

  Parameter(String word) {
    this.word = word;
  }

  /// The parameter's name where no front end gives it another.
  ///
  /// @return words between hyphens
  public String word() {
    return word;
  }
}
