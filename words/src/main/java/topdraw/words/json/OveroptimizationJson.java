package topdraw.words.json;

import java.util.LinkedHashMap;
import java.util.Map;
import topdraw.estimate.Overoptimization;
import topdraw.estimate.Overoptimization.Fit;
import topdraw.estimate.Overoptimization.HoldOut;

/// What selection by a proxy does to the gold reward, as JSON.
public final class OveroptimizationJson {
  /// Why there is no study where a gold reward was named.
  public static final String TOO_FEW =
      "fewer than two prompts have several draws, each with both rewards";

  private OveroptimizationJson() {}

  /// Writes a study.
  ///
  /// @param study what was found
  /// @return a map, ready for [topdraw.json.Json#line]
  public static Map<String, Object> of(Overoptimization study) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("proxy", study.question().proxy());
    json.put("gold", study.question().gold());
    json.put("prompts", study.prompts());
    json.put("left_out", study.leftOut());
    json.put(
        "points",
        study.points().stream().flatMap(p -> CurveJson.of(p.n(), p.findings()).stream()).toList());
    study.holdOut().ifPresent(held -> json.put("hold_out", json(held)));
    json.put("pairs", FindingJson.of(study.pairs()));
    json.put("fits", study.fits().stream().map(OveroptimizationJson::json).toList());
    return json;
  }

  private static Map<String, Object> json(HoldOut held) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("n", held.n());
    json.put("chosen_on", held.chosenOn());
    json.put("judged_on", held.judgedOn());
    json.put("findings", FindingJson.of(held.findings()));
    return json;
  }

  private static Map<String, Object> json(Fit fit) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("axis", fit.axis().word());
    json.put("r_squared", fit.fit().rSquared());
    json.put("peak_is_measured", fit.fit().peakIsMeasured());
    json.put("findings", FindingJson.of(fit.findings()));
    return json;
  }
}
