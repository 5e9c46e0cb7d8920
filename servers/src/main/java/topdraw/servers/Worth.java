package topdraw.servers;

import java.util.List;
import topdraw.draw.FinishReason;
import topdraw.draw.LogProbability;
import topdraw.draw.LogProbability.AtMost;
import topdraw.draw.LogProbability.Doubt;
import topdraw.draw.LogProbability.Unproven;
import topdraw.draw.Tokens;
import topdraw.reference.Sampling;
import topdraw.servers.Completion.Entry;
import topdraw.servers.LogProbabilityMeaning.EndToken;

/// What the log-probabilities of one completion are worth. A sum that lacks a term is too large, so
/// every term is accounted for: as many entries as tokens were drawn, the end token's among them,
/// none of them a sign for something else. Where one completion of a server lacks something that
/// the others have, it has no log-probability, and the bounds of the others hold.
///
/// @param meaning what the server's log-probabilities are
/// @param sampling how tokens are drawn
record Worth(LogProbabilityMeaning meaning, Sampling sampling) {
  /// Two probabilities that are none: they sum to more than 1 by more than any rounding.
  private static final double MOST = 1.002;

  /// Where one token has all probability, to single precision, no other has more than this.
  private static final double CERTAIN = -10;

  /// The log-probability that a draw carries.
  LogProbability of(Completion told) {
    List<Entry> entries = told.entries();
    if (entries.isEmpty()) return LogProbability.missing();
    double sum = 0;
    for (Entry entry : entries) sum += entry.nats();
    if (entries.stream().anyMatch(entry -> !LogProbability.possible(entry.nats()))) {
      return LogProbability.missing();
    }
    if (entries.stream().anyMatch(Worth::noProbability)) {
      return new Unproven(sum, Doubt.OTHER_DISTRIBUTION);
    }
    return switch (meaning.distribution()) {
      case UNKNOWN, ASK -> new Unproven(sum, Doubt.UNKNOWN_DISTRIBUTION);
      case POLICY, TEMPERATURE, RAW -> understood(told, sum);
    };
  }

  private LogProbability understood(Completion told, double sum) {
    boolean raw = meaning.distribution() == LogProbabilityMeaning.Distribution.RAW;
    boolean cut = FinishReason.of(told.finish()).cut();
    if (raw && sampling.temperature() != 1) return new Unproven(sum, Doubt.OTHER_DISTRIBUTION);
    if (!cut && meaning.endToken() != EndToken.INCLUDED) {
      return new Unproven(sum, Doubt.NO_END_TOKEN);
    }
    if (!complete(told, cut)) return LogProbability.missing();
    if (meaning.margin() > 0) {
      return LogProbability.atMost(
          sum - meaning.margin() * told.entries().size(),
          new AtMost.Reason.Margin(meaning.margin()));
    }
    boolean before = meaning.distribution() != LogProbabilityMeaning.Distribution.POLICY;
    return before && sampling.truncates()
        ? LogProbability.atMost(sum, new AtMost.Reason.Truncation())
        : LogProbability.exact(sum);
  }

  private boolean complete(Completion told, boolean cut) {
    int entries = told.entries().size();
    return told.tokens().isPresent()
        && told.tokens().getAsInt() == entries
        && (told.ids().length == 0 || told.ids().length == entries)
        && !told.hidden()
        && (cut || endsWithItsEnd(told))
        && (sampling.truncates() || told.entries().stream().noneMatch(Worth::drawnAhead));
  }

  /// The last entry is the end token's where the others make up the whole text.
  private static boolean endsWithItsEnd(Completion told) {
    StringBuilder before = new StringBuilder();
    List<Entry> entries = told.entries();
    for (Entry entry : entries.subList(0, entries.size() - 1)) before.append(entry.token());
    String last = entries.getLast().token();
    return last.isEmpty() || !told.text().endsWith(last) || before.toString().endsWith(told.text());
  }

  private static boolean noProbability(Entry entry) {
    return entry.next().isPresent()
        && Math.exp(entry.nats()) + Math.exp(entry.next().getAsDouble()) > MOST;
  }

  /// Servers that let a small model draw ahead write 0 for what the large one accepted. A true 0
  /// leaves nothing to any other token.
  private static boolean drawnAhead(Entry entry) {
    return entry.nats() == 0 && !(entry.next().isPresent() && entry.next().getAsDouble() < CERTAIN);
  }

  /// The tokens of a draw: by their ids where each is known, else by their number. Each has the
  /// log-probability that the draw's is the sum of.
  Tokens tokens(Completion told, LogProbability worth) {
    int[] ids = told.ids().length > 0 ? told.ids() : ids(told.entries());
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

  private static int[] ids(List<Entry> entries) {
    return entries.stream().allMatch(entry -> entry.id().isPresent())
        ? entries.stream().mapToInt(entry -> entry.id().orElseThrow()).toArray()
        : new int[0];
  }
}
