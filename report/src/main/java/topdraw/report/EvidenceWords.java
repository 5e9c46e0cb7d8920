package topdraw.report;

import topdraw.theory.finding.Evidence;

/// What the evidence words of a page promise.
final class EvidenceWords {
  private EvidenceWords() {}

  static void write(Html html) {
    html.open("dl", "class", "evidence");
    for (Evidence evidence : Evidence.values()) {
      html.open("dt");
      html.element("span", evidence.word(), "class", "badge " + evidence.word()).close();
      html.element("dd", Words.meaning(evidence));
    }
    html.close();
  }
}
