package topdraw.servers.probe;

import java.util.List;
import java.util.Optional;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.LogProbability.Doubt;
import topdraw.draw.LogProbability.Unproven;
import topdraw.draw.Tokens;
import topdraw.reference.Sampling;
import topdraw.servers.probe.Completion.Entry;
import topdraw.servers.probe.LogProbabilitySemantics.Distribution;
import topdraw.servers.probe.LogProbabilitySemantics.EndToken;
import topdraw.servers.probe.LogProbabilitySemantics.Terms;

/// What the log-probabilities of one completion are worth. Bounds fall as a log-probability grows,
/// so a sum that lacks a term is on the wrong side, and every term is accounted for: as many
/// entries as tokens were drawn, the end token's among them, none of them a sign for something
/// else.
///
/// What a server lacks in every completion makes its numbers unproven. Where one completion lacks
/// what others have, it has no log-probability, and the bounds of the others hold.
///
/// @param semantics what the server's log-probabilities are
/// @param temperature what the draws' logits are divided by
/// @param truncated whether tokens are cut off before drawing, or may be
/// @param altered whether penalties, a bias or a grammar act on the draws, or may act
public record Worth(
    LogProbabilitySemantics semantics, double temperature, boolean truncated, boolean altered) {
  /// Two probabilities that are none: they sum to more than 1 by more than any rounding.
  private static final double MOST = 1.002;

  /// Of a server that draws as it is told and does nothing else.
  ///
  /// @param semantics what its log-probabilities are
  /// @param sampling how tokens are drawn
  /// @return their worth
  public static Worth of(LogProbabilitySemantics semantics, Sampling sampling) {
    return new Worth(semantics, sampling.temperature(), sampling.truncates(), false);
  }

  /// Of draws over a route that nobody has asked about.
  ///
  /// @return a worth by which nothing is proven
  public Worth unasked() {
    return new Worth(LogProbabilitySemantics.UNKNOWN, temperature, truncated, altered);
  }

  /// The log-probability that a draw carries.
  ///
  /// @param told the completion
  /// @return its worth; [LogProbability.Missing] where a term is missing that others have
  public LogProbability of(Completion told) {
    List<Entry> entries = told.entries();
    if (entries.isEmpty() || told.hidden()) return LogProbability.missing();
    double sum = 0;
    for (Entry entry : entries) {
      if (!LogProbability.possible(entry.nats())) return LogProbability.missing();
      sum += entry.nats();
    }
    boolean cut = FinishReason.of(told.finish()).cut();
    Optional<Doubt> doubt = doubt(cut);
    if (doubt.isPresent()) return new Unproven(sum, doubt.get());
    if (entries.stream().anyMatch(Worth::noProbability)) {
      return new Unproven(sum, Doubt.OTHER_DISTRIBUTION);
    }
    return whole(told, cut) ? proven(told, sum) : LogProbability.missing();
  }

  /// What speaks against every completion that ended so.
  private Optional<Doubt> doubt(boolean cut) {
    if (semantics.distribution() == Distribution.UNKNOWN) {
      return Optional.of(Doubt.UNKNOWN_DISTRIBUTION);
    }
    boolean policy = semantics.distribution() == Distribution.POLICY;
    boolean raw = semantics.distribution() == Distribution.RAW;
    if ((raw && temperature != 1) || (!policy && altered)) {
      return Optional.of(Doubt.OTHER_DISTRIBUTION);
    }
    if (!cut && semantics.endToken() != EndToken.INCLUDED) {
      return Optional.of(Doubt.NO_END_TOKEN);
    }
    boolean accountable =
        semantics.terms() == Terms.ALL || semantics.terms() == Terms.WHOLE_CHARACTERS;
    return accountable && !semantics.drawnAhead()
        ? Optional.empty()
        : Optional.of(Doubt.INCOMPLETE);
  }

  private boolean whole(Completion told, boolean cut) {
    int entries = told.entries().size();
    return told.tokens().isPresent()
        && told.tokens().getAsInt() == entries
        && (told.ids().length == 0 || told.ids().length == entries)
        && (cut || told.endsWithItsEnd())
        && (leavesTrueZeros() || told.entries().stream().noneMatch(Entry::zeroOfNoProbability));
  }

  /// Where the numbers are taken after unlikely tokens were cut off, one may be all that is left.
  private boolean leavesTrueZeros() {
    return truncated && semantics.distribution() == Distribution.POLICY;
  }

  private static boolean noProbability(Entry entry) {
    return entry.next().isPresent()
        && Math.exp(entry.nats()) + Math.exp(entry.next().getAsDouble()) > MOST;
  }

  private LogProbability proven(Completion told, double sum) {
    return proven(sum, told.entries().size(), told.tokenIds().length > 0);
  }

  /// @param byIds whether the completion is known by its tokens' ids
  private LogProbability proven(double sum, int tokens, boolean byIds) {
    if (semantics.margin() > 0) {
      return LogProbability.atMost(
          sum - semantics.margin() * tokens, new AtMost.Reason.Margin(semantics.margin()));
    }
    if (semantics.distribution() != Distribution.POLICY && truncated) {
      return LogProbability.atMost(sum, new AtMost.Reason.Truncation());
    }
    // Without ids completions are told apart by their text, which other tokens may spell too.
    return byIds
        ? LogProbability.exact(sum)
        : LogProbability.atMost(sum, new AtMost.Reason.Recorded());
  }

  /// The log-probability of a completion whose tokens were given, one term each.
  ///
  /// @param terms the terms in nats, the end token's included unless the completion was cut
  /// @param cut whether the limit on tokens ended it
  /// @param byIds whether these are the tokens that were drawn; else they are others that spell the
  ///   same text, which is then at least as likely
  /// @return its worth
  public LogProbability ofTerms(double[] terms, boolean cut, boolean byIds) {
    double sum = 0;
    for (double nats : terms) sum += nats;
    Optional<Doubt> doubt = doubt(cut);
    if (doubt.isPresent()) return new Unproven(sum, doubt.get());
    // What was cut off may be just these tokens; those drawn were left in.
    if (truncated && !byIds) return new Unproven(sum, Doubt.OTHER_DISTRIBUTION);
    return proven(sum, terms.length, byIds);
  }

  /// The tokens of a draw: by their ids where each is known, else by their number. Each has the
  /// log-probability that the draw's is the sum of.
  ///
  /// @param told the completion
  /// @param worth what [#of] said of it
  /// @return its tokens
  public Tokens tokens(Completion told, LogProbability worth) {
    int[] ids = told.tokenIds();
    boolean all = ids.length > 0 && told.tokens().orElse(-1) == ids.length;
    if (!all) {
      return told.tokens().isPresent()
          ? new Tokens.Count(told.tokens().getAsInt())
          : Tokens.unknown();
    }
    double[] each =
        told.entries().size() == ids.length
            ? told.entries().stream().mapToDouble(e -> e.nats() - taken(worth)).toArray()
            : new double[0];
    for (double nats : each) {
      if (!LogProbability.possible(nats)) return new Tokens.Ids(ids, new double[0]);
    }
    return new Tokens.Ids(ids, each);
  }

  private static double taken(LogProbability worth) {
    return worth instanceof AtMost(double nats, AtMost.Reason.Margin(double perToken))
        ? perToken
        : 0;
  }
}
