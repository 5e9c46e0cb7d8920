package topdraw.report;

import java.util.List;

/// The script that draws plates, for a JavaScript engine without a browser.
///
/// After [#library] is run in it, [#svg] is an expression whose value is an SVG document. The
/// engine needs `setTimeout`, `clearTimeout` and `console`; they may do nothing.
public final class PlateScript {
  /// Width of a plate of one plot and of several, in pixels.
  private static final int ONE = 720;

  private static final int SEVERAL = 1120;

  private PlateScript() {}

  /// ECharts and our figures.
  ///
  /// @return the source to run once
  public static String library() {
    return Assets.echarts()
        + "\n"
        + Assets.figures().replace("const topdrawFigures", "var topdrawFigures");
  }

  /// Draws one plate.
  ///
  /// @param plate the plate
  /// @param theme the paper
  /// @return a JavaScript expression
  public static String svg(Plate plate, Theme theme) {
    int width = plate.plots().size() == 1 ? ONE : SEVERAL;
    return """
        (() => {
          const plate = %s[0];
          const theme = topdrawFigures.themes.%s;
          const height = topdrawFigures.plateSize(plate, %d);
          const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: %d, height });
          chart.setOption({ ...topdrawFigures.plate(plate, theme, %d), backgroundColor: theme.paper });
          const svg = chart.renderToSVGString();
          chart.dispose();
          // ECharts numbers its charts and its hover styles; a still picture has the plate's name and
          // no hovering, so the same plate gives the same bytes.
          return svg.replace(/<style[^]*?<\\/style>/g, '')
            .replace(/ (class|ecmeta_\\w+)="[^"]*"/g, '')
            .replace(/\\bzr\\d+-/g, '%s-');
        })()
        """
        .formatted(PlateData.json(List.of(plate)), theme.word(), width, width, width, plate.id());
  }
}
