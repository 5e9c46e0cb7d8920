package topdraw.audit;

import java.util.Optional;
import topdraw.draw.PromptDraws;

/// Whether there are several draws of a prompt to choose among.
final class DrawsCheck implements Check<DrawsCheck> {
  private static final long serialVersionUID = 1;
  private static final String NAME = "draws per prompt";

  private final Occurrences alone = new Occurrences();
  private long prompts;
  private int fewest = Integer.MAX_VALUE;
  private int most;

  @Override
  public void look(PromptDraws prompt, long position) {
    int draws = prompt.draws().size();
    prompts++;
    fewest = Math.min(fewest, draws);
    most = Math.max(most, draws);
    if (draws == 1) {
      alone.add(position, prompt.draws().getFirst().place());
    }
  }

  @Override
  public void merge(DrawsCheck other) {
    alone.merge(other.alone);
    prompts += other.prompts;
    fewest = Math.min(fewest, other.fewest);
    most = Math.max(most, other.most);
  }

  @Override
  public Optional<Verdict> verdict() {
    if (prompts == 0) {
      return Optional.empty();
    }
    if (most == 1) {
      return Optional.of(
          Verdict.refuse(
              NAME,
              "one draw of each prompt says nothing of drift or win rate, nor of any n above 1; draw"
                  + " more, or, where several rows answer one prompt, name the column that says so"
                  + " as prompt_id",
              alone.first(),
              Withholds.INDEPENDENCE));
    }
    String draws = fewest == most ? most + " draws" : "%d to %d draws".formatted(fewest, most);
    return Optional.of(
        alone.count() == 0
            ? Verdict.ok(NAME, draws + " of each prompt")
            : Verdict.warn(
                NAME,
                "%s of each prompt; %s with one only".formatted(draws, alone.counted("prompt")),
                alone.first()));
  }
}
