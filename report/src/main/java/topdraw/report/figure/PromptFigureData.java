package topdraw.report.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import topdraw.theory.finding.Evidence;
import topdraw.words.EvidenceWords;

/// The curves of a report as the JSON that `figures.js` draws. Words of prompts and models stay out
/// of it.
record PromptFigureData(List<PanelData> panels) {

  record PanelData(
      int solidTo, int at, List<CurveData> kl, List<CurveData> winRate, Optional<BandData> band) {}

  /// @param firm whether the curve holds for every n, however few independent maxima are left
  record CurveData(String name, String known, boolean firm, int colour, double[] values) {}

  record BandData(String name, double[] lower, double[] upper) {}

  static List<PromptFigureData> of(List<PromptFigure> figures) {
    var klColours = new Colours();
    var winRateColours = new Colours();
    return figures.stream().map(figure -> of(figure, klColours, winRateColours)).toList();
  }

  private static PromptFigureData of(
      PromptFigure figure, Colours klColours, Colours winRateColours) {
    return new PromptFigureData(
        figure.panels().stream().map(panel -> panel(panel, klColours, winRateColours)).toList());
  }

  private static PanelData panel(PromptPanel panel, Colours klColours, Colours winRateColours) {
    return new PanelData(
        panel.solidTo(),
        panel.findingsAt(),
        curves(panel.kl(), klColours),
        curves(panel.winRate(), winRateColours),
        panel.klBand().map(band -> new BandData(band.name(), band.lower(), band.upper())));
  }

  private static List<CurveData> curves(List<Curve> curves, Colours colours) {
    List<CurveData> data = new ArrayList<>();
    for (Curve curve : curves) {
      String known = EvidenceWords.of(curve.evidence(), curve.role());
      boolean firm = curve.evidence() == Evidence.EXACT || curve.evidence() == Evidence.THEOREM;
      data.add(new CurveData(curve.name(), known, firm, colours.of(curve.name()), curve.values()));
    }
    return data;
  }

  /// One colour a name, the same in every panel and figure.
  private static final class Colours {
    private final Map<String, Integer> known = new LinkedHashMap<>();

    int of(String name) {
      return known.computeIfAbsent(name, _ -> known.size());
    }
  }
}
