package topdraw.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import topdraw.estimate.Analysis;
import topdraw.estimate.AtN;
import topdraw.estimate.PromptCurves;
import topdraw.report.figure.Axis;
import topdraw.report.figure.FigureJson;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Quantity;
import topdraw.words.EvidenceWords;
import topdraw.words.text.CurveCsv;

/// The prompts' own curves as the data of `analysis.js`, on the values of n of the analysis.
///
/// @param grid the values of n
/// @param axis the axis of n
/// @param topics what can be shown
/// @param prompts a card each
/// @param columns those of a table that is saved
/// @param reward the reward that selects
/// @param gold the gold reward; empty where there is none
record PromptData(
    int[] grid,
    Axis axis,
    List<TopicData> topics,
    List<Card> prompts,
    List<String> columns,
    String reward,
    String gold) {

  /// @param lines what each card draws, a line each
  /// @param textbook the bound that needs no data, by the grid, where there is one
  record TopicData(
      String title, Axis axis, List<LineData> lines, Optional<TextbookData> textbook) {}

  record LineData(
      String name,
      String known,
      boolean firm,
      int colour,
      String quantity,
      String unit,
      String role,
      String evidence,
      String estimator,
      String source) {}

  record TextbookData(LineData line, List<@Nullable Double> values) {}

  /// @param values a list for each topic, in it one for each line, in it a number for each n of the
  ///   grid, null where the prompt cannot say
  record Card(
      String key,
      String title,
      int draws,
      Optional<PromptCurves.Best> best,
      List<List<List<@Nullable Double>>> values) {}

  /// The data, to stand in a script element.
  static String json(Analysis analysis) {
    return FigureJson.inScript(of(analysis));
  }

  static PromptData of(Analysis analysis) {
    Map<Quantity, List<Series>> series = series(analysis);
    return new PromptData(
        analysis.curve().stream().mapToInt(AtN::n).toArray(),
        AnalysisChart.draws(analysis),
        series.values().stream().map(lines -> topic(lines, analysis)).toList(),
        analysis.byPrompt().stream().map(prompt -> card(prompt, series, analysis)).toList(),
        CurveCsv.COLUMNS,
        analysis.question().reward(),
        analysis.question().gold().orElse(""));
  }

  private static Map<Quantity, List<Series>> series(Analysis analysis) {
    Map<Quantity, List<Series>> series = new LinkedHashMap<>();
    analysis.byPrompt().stream()
        .flatMap(prompt -> prompt.curves().stream())
        .map(Series::of)
        .distinct()
        .forEach(one -> series.computeIfAbsent(one.quantity(), _ -> new ArrayList<>()).add(one));
    return series;
  }

  private static TopicData topic(List<Series> lines, Analysis analysis) {
    Series first = lines.getFirst();
    Topic topic = Topic.of(first.quantity(), analysis.question());
    Optional<TextbookData> textbook =
        Series.byQuantity(analysis.curve()).getOrDefault(first.quantity(), List.of()).stream()
            .filter(Series::textbook)
            .findFirst()
            .map(one -> textbook(one, lines.size(), analysis));
    DoubleStream own =
        analysis.byPrompt().stream()
            .flatMap(
                prompt -> lines.stream().flatMap(one -> values(prompt, one, analysis).stream()))
            .filter(Objects::nonNull)
            .mapToDouble(value -> value);
    DoubleStream shared =
        textbook.stream()
            .flatMap(one -> one.values().stream())
            .filter(Objects::nonNull)
            .mapToDouble(value -> value);
    return new TopicData(
        topic.title(),
        Axis.around(topic.axis(), DoubleStream.concat(own, shared)),
        lines.stream().map(one -> line(one, lines.indexOf(one))).toList(),
        textbook);
  }

  private static LineData line(Series series, int colour) {
    return new LineData(
        series.name(),
        EvidenceWords.of(series.evidence(), series.role()),
        series.evidence() != Evidence.ESTIMATE,
        colour,
        series.quantity().word(),
        series.quantity().unit().word(),
        series.role().word(),
        series.evidence().word(),
        series.source().id(),
        series.source().title());
  }

  private static TextbookData textbook(Series series, int colour, Analysis analysis) {
    return new TextbookData(
        line(series, colour),
        analysis.curve().stream()
            .<@Nullable Double>map(at -> series.at(at).map(f -> f.value()).orElse(null))
            .toList());
  }

  private static Card card(
      PromptCurves prompt, Map<Quantity, List<Series>> series, Analysis analysis) {
    return new Card(
        prompt.key(),
        prompt.prompt(),
        prompt.draws(),
        prompt.best(),
        series.values().stream()
            .map(lines -> lines.stream().map(one -> values(prompt, one, analysis)).toList())
            .toList());
  }

  private static List<@Nullable Double> values(
      PromptCurves prompt, Series series, Analysis analysis) {
    Map<Integer, Double> byN = new LinkedHashMap<>();
    prompt.curves().stream()
        .filter(curve -> Series.of(curve).equals(series))
        .flatMap(curve -> curve.points().stream())
        .forEach(point -> byN.put(point.n(), point.value()));
    return analysis.curve().stream().<@Nullable Double>map(at -> byN.get(at.n())).toList();
  }
}
