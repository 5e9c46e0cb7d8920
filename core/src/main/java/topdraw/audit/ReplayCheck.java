package topdraw.audit;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;

/// Whether draws were replayed: all completions of a prompt equal, against the odds where they are
/// known, else a long text at least eight times; or, whatever the texts, copies of other draws in
/// their order ([CopiedOrder]), which honest draws look like in one file of a thousand at most.
///
/// What a sorted file, a policy without chance or an answer known by heart looks like as well is a
/// warning.
final class ReplayCheck implements Check<ReplayCheck> {
  private static final long serialVersionUID = 1;
  private static final String NAME = "replayed answers";
  private static final int MANY = 8;
  private static final int LONG_TEXT = 40;
  private static final double LOG_ODDS = Math.log(1e-6);

  /// One honest file of a thousand is accused.
  private static final double LOG_1000 = Math.log(1000);

  /// Where one draw in twenty, of long texts one in five, would differ from the first, a thousandth
  /// of files has no difference at all.
  private static final double LOG_SAME_SHORT = Math.log(0.95);

  private static final double LOG_SAME_LONG = Math.log(0.8);

  private static final int SPIKES = 5;
  private static final int FEWEST_OF_SPIKE = 3;

  private final Occurrences replayed = new Occurrences();
  private final Occurrences same = new Occurrences();
  private final Occurrences repeats = new Occurrences();
  private final Occurrences spikes = new Occurrences();
  private final CopiedOrder order = new CopiedOrder();
  private long judged;
  private long shortAgain;
  private long longAgain;
  private int spike;
  private boolean spikesDiffer;

  @Override
  public void look(PromptDraws prompt, long position) {
    int n = prompt.draws().size();
    if (n < 2) {
      return;
    }
    judged++;
    int[] outcomes = prompt.outcomes();
    Draw first = prompt.draws().getFirst();
    boolean longText = first.text().orElse("").length() >= LONG_TEXT;
    if (Arrays.stream(outcomes).allMatch(outcome -> outcome == 0)) {
      OptionalDouble logP = first.logProbability().usable();
      boolean unlikely =
          logP.isPresent() ? (n - 1) * logP.getAsDouble() < LOG_ODDS : n >= MANY && longText;
      (unlikely ? replayed : same).add(position, first.place());
      if (logP.isEmpty() && longText) {
        longAgain += n - 1;
      } else if (logP.isEmpty()) {
        shortAgain += n - 1;
      }
      return;
    }
    order.look(outcomes);
    firstRepeat(prompt, outcomes, position);
    spike(prompt, outcomes, position);
  }

  private void firstRepeat(PromptDraws prompt, int[] outcomes, long position) {
    var seen = new boolean[outcomes.length];
    for (int i = 0; i < outcomes.length; i++) {
      if (seen[outcomes[i]]) {
        repeats.add(position, prompt.draws().get(i).place());
        return;
      }
      seen[outcomes[i]] = true;
    }
  }

  /// One long text several times, and all others once.
  private void spike(PromptDraws prompt, int[] outcomes, long position) {
    var counts = new int[outcomes.length];
    for (int outcome : outcomes) {
      counts[outcome]++;
    }
    int repeated = -1;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 1) {
        if (repeated >= 0) {
          return;
        }
        repeated = i;
      }
    }
    if (repeated < 0
        || counts[repeated] < FEWEST_OF_SPIKE
        || outcomes.length - counts[repeated] < FEWEST_OF_SPIKE) {
      return;
    }
    for (int i = 0; i < outcomes.length; i++) {
      if (outcomes[i] == repeated) {
        String text = prompt.draws().get(i).text().orElse("");
        if (text.length() >= LONG_TEXT) {
          spikesDiffer |= spikes.count() > 0 && spike != text.hashCode();
          spike = text.hashCode();
          spikes.add(position, prompt.draws().get(i).place());
        }
        return;
      }
    }
  }

  @Override
  public void merge(ReplayCheck other) {
    if (other.spikes.count() > 0) {
      spikesDiffer |= other.spikesDiffer || (spikes.count() > 0 && spike != other.spike);
      spike = other.spike;
    }
    replayed.merge(other.replayed);
    same.merge(other.same);
    repeats.merge(other.repeats);
    spikes.merge(other.spikes);
    order.merge(other.order);
    judged += other.judged;
    shortAgain += other.shortAgain;
    longAgain += other.longAgain;
  }

  @Override
  public Optional<Verdict> verdict() {
    return judged == 0
        ? Optional.empty()
        : Optional.of(refusal().or(this::warning).orElseGet(this::fine));
  }

  private Optional<Verdict> refusal() {
    if (replayed.count() > 0) {
      return Optional.of(
          Verdict.refuse(
              NAME,
              "all completions of "
                  + replayed.counted("prompt")
                  + " are equal, as from a cache: these are not independent draws; record with a"
                  + " seed per draw and the cache off",
              replayed.first(),
              Withholds.INDEPENDENCE));
    }
    return order.logCopied() < LOG_1000
        ? Optional.empty()
        : Optional.of(
            Verdict.refuse(
                NAME,
                "draws come again in the same order, as where a file was appended twice or seeds were"
                    + " used again: independent draws do so in fewer than one file of 1000",
                repeats.first(),
                Withholds.INDEPENDENCE));
  }

  private Optional<Verdict> warning() {
    if (order.logGrouped() >= LOG_1000) {
      return Optional.of(
          Verdict.warn(
              NAME,
              "equal completions stand side by side, which draws in the order drawn do in fewer than"
                  + " one file of 1000: the rows are sorted, or some come from a cache, and then they"
                  + " are not independent draws",
              repeats.first()));
    }
    if (spikes.count() >= SPIKES && 2 * spikes.count() >= judged && spikesDiffer) {
      return Optional.of(
          Verdict.warn(
              NAME,
              "in "
                  + spikes.counted("prompt")
                  + " one long text comes again and again and no other comes twice: as where some"
                  + " draws come from a cache; a text known by heart looks the same",
              spikes.first()));
    }
    if (same.count() == judged
        && shortAgain * LOG_SAME_SHORT + longAgain * LOG_SAME_LONG <= -LOG_1000) {
      return Optional.of(
          Verdict.warn(
              NAME,
              "every prompt got one answer again and again, as from a cache or without chance (at"
                  + " temperature 0): such draws say nothing of how answers vary",
              same.first()));
    }
    return Optional.empty();
  }

  private Verdict fine() {
    return Verdict.ok(
        NAME,
        same.count() == 0
            ? "no prompt got one answer again and again"
            : same.counted("prompt")
                + " of "
                + judged
                + " got one answer again and again, as short or likely answers do");
  }
}
