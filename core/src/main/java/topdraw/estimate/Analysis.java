package topdraw.estimate;

import java.util.List;
import topdraw.audit.Verdict;
import topdraw.sample.PromptSamples;
import topdraw.theory.Finding;

/// What a recording says of best-of-n for every n, after its audit.
///
/// @param settings what was asked
/// @param prompts how many prompts were analysed
/// @param unscored prompts of which no sample has a score; they are left out
/// @param samples how many samples the analysed prompts have
/// @param passAtK whether every reward is 0 or 1, so that the reward of the best of k is pass@k
/// @param verdicts the audit
/// @param withheld what was not computed, and why, a sentence each
/// @param curve the findings by n, in rising order
/// @param rewind the findings of rewind-and-repeat at the threshold; empty without one
/// @param examples the first prompts, for pictures
public record Analysis(
    AnalysisSettings settings,
    long prompts,
    long unscored,
    long samples,
    boolean passAtK,
    List<Verdict> verdicts,
    List<String> withheld,
    List<AtN> curve,
    List<Finding> rewind,
    List<PromptSamples> examples) {
  /// Copies the lists.
  public Analysis {
    verdicts = List.copyOf(verdicts);
    withheld = List.copyOf(withheld);
    curve = List.copyOf(curve);
    rewind = List.copyOf(rewind);
    examples = List.copyOf(examples);
  }
}
