package topdraw.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
import topdraw.recordings.Recording;
import topdraw.recordings.imports.Mapping;
import topdraw.recordings.imports.Recordings;
import topdraw.recordings.run.RunFolder;
import topdraw.reference.ReferencePolicy;
import topdraw.report.Plate;
import topdraw.report.PlateCsv;
import topdraw.report.PlatePage;
import topdraw.report.PlatePress;
import topdraw.report.Theme;

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
  /// What a figure can become.
  enum Format {
    SVG,
    PNG,
    CSV,
    HTML
  }

  private static final List<String> ALL =
      List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "mt");

  private static final String TRANSLATIONS = "translation-prompts.txt";

  @Spec private CommandSpec spec;
  @Mixin private PolicyOptions policyOptions;

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
      names = "--run",
      paramLabel = "RUN|FILE",
      description =
          "A recorded run, or samples in a file that topdraw analyze reads: mt is drawn from the"
              + " completions of the paper's translation prompts in it, 4 and 5 from the others.")
  private @Nullable Path run;

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

  @Option(
      names = "--completions",
      paramLabel = "N",
      defaultValue = "64",
      description = "Completions a prompt that model figures draw, a multiple of 16. Default: 64.")
  private int completions;

  @Option(
      names = "--max-tokens",
      paramLabel = "M",
      defaultValue = "64",
      description = "The longest completion that model figures draw. Default: 64.")
  private int maxTokens;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of the model figures' completions. Default: 0.")
  private long seed;

  @Option(names = "--json", description = "Print the files written as JSON, by figure.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    check();
    List<Plate> plates = new ArrayList<>();
    for (String figure : figures()) {
      plates.addAll(plates(figure));
    }
    Map<String, List<String>> files = write(plates);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(files));
    } else {
      files.values().forEach(each -> each.forEach(out::println));
    }
    return 0;
  }

  private void check() {
    if (completions < PoolRun.N || completions % PoolRun.N != 0) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "--completions must be a multiple of " + PoolRun.N + ", was " + completions);
    }
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
    if (run == null) {
      return ALL;
    }
    List<String> figures = new ArrayList<>();
    if (!recorded(run, false).isEmpty()) {
      figures.addAll(List.of("4", "5"));
    }
    if (!recorded(run, true).isEmpty()) {
      figures.add("mt");
    }
    return figures;
  }

  private List<Plate> plates(String figure) throws IOException {
    return switch (figure) {
      case "1" -> List.of(TheoryFigures.coin());
      case "2" -> List.of(TheoryFigures.uniform());
      case "3" -> List.of(TheoryFigures.rare());
      case "4" ->
          List.of(
              ModelFigures.logLikelihood(
                  "figure-4", "Figure 4. KL divergence, reward log-likelihood", alpaca()));
      case "5" ->
          List.of(
              ModelFigures.negativeLength(
                  "figure-5", "Figure 5. KL divergence, reward negative length", alpaca()));
      case "6" -> List.of(TradeoffFigures.coin());
      case "7" -> List.of(TradeoffFigures.simplex());
      case "8" -> List.of(TradeoffFigures.three());
      case "9" -> List.of(TradeoffFigures.continuum());
      case "mt" -> translated();
      default -> throw new IllegalStateException(figure + " was checked before");
    };
  }

  private List<PromptDraws> alpaca() throws IOException {
    if (run == null) {
      return draw("quickstart-prompts.txt", "alpaca");
    }
    List<PromptDraws> prompts = recorded(run, false);
    if (prompts.isEmpty()) {
      throw new InputException(
          Problem.CONFLICT,
          run
              + " holds translations only, which are figure mt; figures 4 and 5 show other prompts");
    }
    if (prompts.size() > ModelFigures.MOST_PROMPTS) {
      spec.commandLine()
          .getErr()
          .println(
              "drawing the first %d of the run's %d prompts"
                  .formatted(ModelFigures.MOST_PROMPTS, prompts.size()));
    }
    return prompts;
  }

  private List<PromptDraws> translations() throws IOException {
    if (run == null) {
      return draw(TRANSLATIONS, "translations");
    }
    List<PromptDraws> prompts = recorded(run, true);
    if (prompts.isEmpty()) {
      throw new InputException(
          Problem.CONFLICT,
          run
              + " holds none of the paper's translation prompts (appendix C.3); record"
              + " docs/experiments/prompts.txt, or leave --run out to draw them");
    }
    return prompts;
  }

  /// The prompts of a run that are the paper's translations, or its others.
  private static List<PromptDraws> recorded(Path run, boolean translated) throws IOException {
    Set<String> translations =
        PoolRun.prompts(TRANSLATIONS).prompts().stream()
            .map(prompt -> prompt.prompt().display())
            .collect(Collectors.toSet());
    return read(run).stream()
        .filter(prompt -> translations.contains(prompt.display()) == translated)
        .toList();
  }

  private static List<PromptDraws> read(Path run) throws IOException {
    List<PromptDraws> prompts = new ArrayList<>();
    try (Recording recording =
        Recordings.open(List.of(run.toString()), new Mapping(Map.of(), List.of(), false))) {
      recording.forEach(prompts::add);
    }
    return prompts;
  }

  private List<Plate> translated() throws IOException {
    List<PromptDraws> prompts = translations();
    return List.of(
        ModelFigures.logLikelihood(
            "figure-mt-log-likelihood",
            "Figure C.3. KL divergence on translations, reward log-likelihood",
            prompts),
        ModelFigures.negativeLength(
            "figure-mt-negative-length",
            "Figure C.3. KL divergence on translations, reward negative length",
            prompts));
  }

  /// Draws into a run folder beside the figures; what it holds already is not drawn again.
  private List<PromptDraws> draw(String file, String name) throws IOException {
    try (ReferencePolicy policy = policyOptions.open(seed, maxTokens);
        RunFolder folder =
            PoolRun.open(
                output.resolve("run-" + name),
                "figures",
                PoolRun.prompts(file),
                completions / PoolRun.N,
                policy.provenance())) {
      PoolRun.draw(folder, policy, spec.commandLine().getErr());
      return read(folder.path());
    }
  }

  /// Writes every plate in every format.
  ///
  /// @return the files by the plate's name; the page's by `page`
  private Map<String, List<String>> write(List<Plate> plates) throws IOException {
    Map<String, List<String>> files = new LinkedHashMap<>();
    plates.forEach(plate -> files.put(plate.id(), new ArrayList<>()));
    if (formats.contains(Format.CSV)) {
      for (Plate plate : plates) {
        write(plate, ".csv", PlateCsv.of(plate).getBytes(StandardCharsets.UTF_8), files);
      }
    }
    if (formats.contains(Format.SVG) || formats.contains(Format.PNG)) {
      pictures(plates, files);
    }
    if (formats.contains(Format.HTML)) {
      Path page = output.resolve("index.html");
      PlatePage.write(
          "The figures of the best-of-n paper, redrawn",
          "From Topdraw's own code: the axes and curves of Beirami et al. (2025), Theoretical guarantees"
              + " on the best-of-n alignment policy, and our sharper estimator d*. Point at a line for"
              + " its numbers.",
          plates,
          page);
      files.put("page", List.of(page.toString()));
    }
    return files;
  }

  private void pictures(List<Plate> plates, Map<String, List<String>> files) throws IOException {
    try (PlatePress press =
        PlatePress.find()
            .orElseThrow(
                () ->
                    new InputException(
                        Problem.MISSING,
                        "SVG and PNG need the press module, which ./topdraw builds on first use;"
                            + " --formats csv,html does without"))) {
      String suffix = theme == Theme.LIGHT ? "" : "-" + theme.word();
      for (Plate plate : plates) {
        String svg = press.svg(plate, theme);
        if (formats.contains(Format.SVG)) {
          write(plate, suffix + ".svg", svg.getBytes(StandardCharsets.UTF_8), files);
        }
        if (formats.contains(Format.PNG)) {
          write(plate, suffix + ".png", press.png(svg), files);
        }
      }
    }
  }

  private void write(Plate plate, String extension, byte[] bytes, Map<String, List<String>> files)
      throws IOException {
    Path file = output.resolve(plate.id() + extension);
    try {
      Files.createDirectories(output);
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new IOException("cannot write " + file + ": " + e.getClass().getSimpleName(), e);
    }
    files.computeIfAbsent(plate.id(), _ -> new ArrayList<>()).add(file.toString());
  }
}
