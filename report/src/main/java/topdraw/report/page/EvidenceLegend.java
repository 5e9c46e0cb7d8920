package topdraw.report.page;

import topdraw.theory.finding.Evidence;
import topdraw.words.EvidenceWords;

/// What the evidence words of a page promise.
final class EvidenceLegend {
  private EvidenceLegend() {}

  static void write(Html html) {
    html.open("dl", "class", "evidence");
    for (Evidence evidence : Evidence.values()) {
      html.open("dt");
      html.element("span", evidence.word(), "class", "badge " + evidence.word()).close();
      html.element("dd", EvidenceWords.meaning(evidence));
    }
    html.close();
  }
}
