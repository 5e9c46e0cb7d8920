package topdraw.words;

import java.util.List;

/// What numbers suppose of files whose drawing nobody here has seen, where no audit of them stands
/// beside the numbers.
public final class AssumptionWords {
  private static final String SUPPOSED = "supposed, not checked here: ";

  private AssumptionWords() {}

  /// What a pool is taken for.
  ///
  /// @param equalTexts whether two equal texts count as one outcome
  /// @return sentences; topdraw analyze audits what can be audited
  public static List<String> ofPool(boolean equalTexts) {
    String draws =
        SUPPOSED
            + "the rows of a prompt are independent draws of one policy, and none was left out for its score";
    return List.of(
        equalTexts ? draws + "; equal texts are one outcome, so none was removed as a copy" : draws,
        "topdraw analyze audits these files");
  }
}
