package topdraw.report.page;

import topdraw.estimate.Analysis;

/// Where the prompts' own curves are shown, a page of cards at a time. The script fills it, and
/// draws a card when it comes into sight.
final class PromptSection {
  private PromptSection() {}

  /// @param twin the name of the file that holds the same numbers
  static void write(Html html, Analysis analysis, String twin) {
    html.open("section", "id", "by-prompt").element("h2", "By prompt");
    html.element("p", caption(analysis, twin), "class", "caption");
    html.element("p", "", "id", "on-paper", "class", "caption", "data-twin", twin);
    html.open("div", "class", "controls", "hidden", ""); // until the script is there
    choice(html, "shown", "Curve");
    choice(html, "order", "Order");
    html.element("button", "Earlier", "type", "button", "id", "earlier");
    html.element("button", "Later", "type", "button", "id", "later");
    html.element("output", "", "id", "which", "class", "muted").close();
    html.element("p", "", "id", "legend", "class", "legend");
    html.element("div", "", "id", "cards", "class", "cards").close();
  }

  private static String caption(Analysis analysis, String twin) {
    String all =
        analysis.byPrompt().size() == analysis.prompts()
            ? ""
            : " Of %,d prompts the first %,d are here and in %s; the means hold all."
                .formatted(analysis.prompts(), analysis.byPrompt().size(), twin);
    return "Each prompt from its own draws alone. One prompt's estimate stands without an interval, is dashed"
        + " beyond a quarter of its draws, and says nothing of other prompts."
        + all;
  }

  private static void choice(Html html, String id, String name) {
    html.element("label", name, "for", id);
    html.element("select", "", "id", id, "autocomplete", "off");
  }
}
