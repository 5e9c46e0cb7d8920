package topdraw.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topdraw.draw.PromptDraws;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.report.figure.Figure;
import topdraw.report.figure.Theme;
import topdraw.report.paper.FigureFiles;
import topdraw.report.paper.FigureFiles.Format;
import topdraw.report.paper.ModelFigures;
import topdraw.report.paper.TheoryFigures;
import topdraw.report.paper.TradeoffFigures;

@Command(
    name = "figures",
    description = {
      "The paper's figures, from our own code, with their data.",
      "",
      "Figures 1 to 3 and 6 to 9 are exact and take seconds. Figures 4, 5 and mt (the translations of"
          + " the paper's appendix C.3) draw completions from the model, or take them from a recorded"
          + " run. Each figure becomes SVG, PNG and CSV; one page has them all."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: topdraw figures 1 8 -o figures",
      "         topdraw figures 4 5 --run my-run -o figures"
    })
final class FiguresCommand implements Callable<Integer> {
  private static final List<String> ALL =
      List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "mt");

  @Spec private CommandSpec spec;
  @Mixin private FigurePrompts prompts;

  @Parameters(
      paramLabel = "FIGURE",
      arity = "0..*",
      description = "1 to 9, or mt. Default: all; with --run those that the run has prompts for.")
  private List<String> wanted = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      defaultValue = "topdraw-figures",
      description = "Where the files go; made when missing. Default: topdraw-figures.")
  private Path output = Path.of("topdraw-figures");

  @Option(
      names = "--formats",
      paramLabel = "F",
      split = ",",
      defaultValue = "svg,png,csv,html",
      description = "What to write, of svg, png, csv and html. Default: all.")
  private Set<Format> formats = EnumSet.allOf(Format.class);

  @Option(
      names = "--theme",
      paramLabel = "T",
      defaultValue = "light",
      description =
          "The paper of the pictures: light or dark. The page follows its reader. Default: light.")
  private Theme theme = Theme.LIGHT;

  @Option(names = "--json", description = "Print the files written as JSON, by figure.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    check();
    List<Figure> figures = new ArrayList<>();
    for (String figure : figures()) {
      figures.addAll(figures(figure));
    }
    Map<String, List<String>> files = new FigureFiles(output, formats, theme).write(figures);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(files));
    } else {
      files.values().forEach(each -> each.forEach(out::println));
    }
    return 0;
  }

  private void check() {
    prompts.check();
    for (String figure : wanted) {
      if (!ALL.contains(figure.toLowerCase(Locale.ROOT))) {
        throw new InputException(
            Problem.UNKNOWN,
            "there is no figure \"" + figure + "\"; there are " + String.join(", ", ALL));
      }
    }
  }

  private List<String> figures() throws IOException {
    if (!wanted.isEmpty()) {
      return wanted.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().toList();
    }
    return prompts.figures().orElse(ALL);
  }

  private List<Figure> figures(String figure) throws IOException {
    return switch (figure) {
      case "1" -> List.of(TheoryFigures.coin());
      case "2" -> List.of(TheoryFigures.uniform());
      case "3" -> List.of(TheoryFigures.rare());
      case "4" ->
          List.of(
              ModelFigures.logLikelihood(
                  "figure-4",
                  "Figure 4. KL divergence, reward log-likelihood",
                  prompts.alpaca(output)));
      case "5" ->
          List.of(
              ModelFigures.negativeLength(
                  "figure-5",
                  "Figure 5. KL divergence, reward negative length",
                  prompts.alpaca(output)));
      case "6" -> List.of(TradeoffFigures.coin());
      case "7" -> List.of(TradeoffFigures.simplex());
      case "8" -> List.of(TradeoffFigures.three());
      case "9" -> List.of(TradeoffFigures.continuum());
      case "mt" -> translated();
      default -> throw new IllegalStateException(figure + " was checked before");
    };
  }

  private List<Figure> translated() throws IOException {
    List<PromptDraws> translations = prompts.translations(output);
    return List.of(
        ModelFigures.logLikelihood(
            "figure-mt-log-likelihood",
            "Figure C.3. KL divergence on translations, reward log-likelihood",
            translations),
        ModelFigures.negativeLength(
            "figure-mt-negative-length",
            "Figure C.3. KL divergence on translations, reward negative length",
            translations));
  }
}
