package topdraw.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.report.figure.Figure;
import topdraw.report.figure.Theme;
import topdraw.report.paper.FigureFiles;
import topdraw.report.paper.FigureFiles.Format;
import topdraw.report.paper.PaperFigure;

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
final class FiguresCommand extends AnsweringCommand {
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
    prompts.check();
    List<PaperFigure> named = wanted.stream().map(FiguresCommand::named).distinct().toList();
    PaperFigure.Completions completions = prompts.completions(output);
    List<Figure> figures = new ArrayList<>();
    for (PaperFigure figure : named.isEmpty() ? prompts.figures() : named) {
      figures.addAll(figure.figures(completions));
    }
    Map<String, List<String>> files = new FigureFiles(output, formats, theme).write(figures);
    answer(json, () -> files, () -> files.values().stream().flatMap(List::stream).toList());
    return 0;
  }

  private static PaperFigure named(String word) {
    return PaperFigure.named(word)
        .orElseThrow(
            () ->
                new InputException(
                    Problem.UNKNOWN,
                    "there is no figure \"%s\"; there are %s"
                        .formatted(
                            word,
                            Arrays.stream(PaperFigure.values())
                                .map(PaperFigure::word)
                                .collect(Collectors.joining(", ")))));
  }
}
