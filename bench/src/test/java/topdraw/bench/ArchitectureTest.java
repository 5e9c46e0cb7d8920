package topdraw.bench;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Data flows one way, and so do the dependencies: between modules, between packages, and, but for
/// the knots named here with a reason, between classes.
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(place -> !place.contains("-tests.jar") && !place.contains("/test/"))
          .importPackages("topdraw")
          .that(describe("code", type -> !type.getSimpleName().equals("package-info")));

  /// A module: its packages below `topdraw`, and the modules it may know.
  private record Module(String name, Set<String> knows, Set<String> packages) {
    static Module of(String name, List<String> knows, String... packages) {
      return new Module(name, Set.copyOf(knows), Set.of(packages));
    }
  }

  private static final List<Module> MODULES =
      List.of(
          Module.of(
              "theory",
              List.of(),
              "theory.numeric",
              "theory.finding",
              "theory.law",
              "theory.bound",
              "theory.pool",
              "theory.confidence",
              "theory.quantity"),
          Module.of(
              "core",
              List.of("theory"),
              "input",
              "file",
              "json",
              "provider",
              "draw",
              "reference",
              "reward",
              "selection",
              "audit",
              "estimate",
              "plan",
              "advice",
              "search"),
          Module.of(
              "llama",
              List.of("theory", "core"),
              "llama",
              "llama.file",
              "llama.gguf",
              "llama.store",
              "llama.engine",
              "llama.template"),
          Module.of(
              "servers",
              List.of("theory", "core"),
              "servers",
              "servers.http",
              "servers.probe",
              "servers.reward"),
          Module.of(
              "recordings",
              List.of("theory", "core"),
              "recordings",
              "recordings.compare",
              "recordings.exports",
              "recordings.file",
              "recordings.imports",
              "recordings.prompts",
              "recordings.replay",
              "recordings.path",
              "recordings.row",
              "recordings.run",
              "recordings.scoring"),
          Module.of(
              "words",
              List.of("theory", "core"),
              "words",
              "words.text",
              "words.json",
              "words.compute"),
          Module.of(
              "report",
              List.of("theory", "core", "words"),
              "report.figure",
              "report.page",
              "report.paper",
              "report.quickstart"),
          Module.of("neural", List.of("theory", "core"), "neural"),
          Module.of("langchain4j", List.of("theory", "core"), "langchain4j"),
          Module.of("press", List.of("theory", "core", "words", "report"), "press"),
          Module.of(
              "gateway",
              List.of("theory", "core", "servers", "recordings", "words"),
              "gateway",
              "gateway.answer",
              "gateway.choose",
              "gateway.console",
              "gateway.draw",
              "gateway.http",
              "gateway.ledger",
              "gateway.question",
              "gateway.record",
              "gateway.settings",
              "gateway.start",
              "gateway.trace"),
          Module.of(
              "cli",
              List.of(
                  "theory", "core", "llama", "servers", "recordings", "words", "report", "gateway"),
              "cli"),
          Module.of(
              "spark", List.of("theory", "core", "servers", "recordings", "words", "cli"), "spark"),
          Module.of(
              "bench",
              List.of(
                  "theory",
                  "core",
                  "llama",
                  "servers",
                  "recordings",
                  "words",
                  "report",
                  "gateway",
                  "cli"),
              "bench"));

  /// Inside core, what each package may know of the others: the walk goes from the draw to the
  /// plan.
  private static final Map<String, Set<String>> WALK =
      Map.ofEntries(
          Map.entry("input", Set.of()),
          Map.entry("file", Set.of("input")),
          Map.entry("provider", Set.of("input")),
          Map.entry("json", Set.of("input")),
          Map.entry("search", Set.of("input")),
          Map.entry("draw", Set.of("input", "json")),
          Map.entry("reference", Set.of("input", "provider", "draw")),
          Map.entry("reward", Set.of("input", "provider", "json", "draw", "reference")),
          Map.entry("selection", Set.of("input", "draw", "reference", "reward")),
          Map.entry("audit", Set.of("draw")),
          Map.entry(
              "estimate", Set.of("input", "draw", "reference", "reward", "selection", "audit")),
          Map.entry(
              "plan",
              Set.of("input", "draw", "reference", "reward", "selection", "audit", "estimate")),
          Map.entry("advice", Set.of("input", "draw", "audit", "estimate")));

  /// Classes that know each other, knot by knot, and why; none may grow, and a new one needs a
  /// reason.
  private static final Map<Set<String>, String> KNOTS =
      Map.ofEntries(
          Map.entry(
              Set.of("topdraw.theory.finding.Finding", "topdraw.theory.finding.FindingSentence"),
              "a finding prints as a sentence, which is made of it"),
          Map.entry(
              Set.of("topdraw.theory.pool.Pool", "topdraw.theory.pool.PoolEstimates"),
              "a pool makes its estimates, which are measured against the pool of its rewards"),
          Map.entry(
              Set.of("topdraw.estimate.Analysis", "topdraw.estimate.AnalysisAnswer"),
              "an analysis begins with its own factory, which asks what makes it"),
          Map.entry(
              Set.of("topdraw.estimate.AnalysisQuestion", "topdraw.estimate.Measures"),
              "a question names its measures, which depend on what was asked"),
          Map.entry(
              Set.of("topdraw.estimate.GaoFits", "topdraw.estimate.GoldStudy"),
              "fits carry the names of the study's estimators"),
          Map.entry(
              Set.of(
                  "topdraw.estimate.Measurements",
                  "topdraw.estimate.Measuring",
                  "topdraw.estimate.Questions"),
              "questions start the measuring whose measurements answer them"),
          Map.entry(
              Set.of(
                  "topdraw.estimate.PromptAt",
                  "topdraw.estimate.PromptView",
                  "topdraw.estimate.RankedDraws"),
              "views of one prompt, each made by the one before and computed once"),
          Map.entry(
              Set.of("topdraw.estimate.PromptPool", "topdraw.estimate.RoundFindings"),
              "both share findings and the names of estimators"),
          Map.entry(
              Set.of(
                  "topdraw.estimate.Measure",
                  "topdraw.estimate.Reading",
                  "topdraw.estimate.Redrawn"),
              "a measure says how it is read, which a reading drawn again asks"),
          Map.entry(
              Set.of(
                  "topdraw.plan.BlockCertificate",
                  "topdraw.plan.PilotPlanner",
                  "topdraw.plan.PromptCertificate"),
              "certificates carry the names of the planner's estimators"),
          Map.entry(
              Set.of(
                  "topdraw.recordings.imports.Columns",
                  "topdraw.recordings.imports.Layout",
                  "topdraw.recordings.imports.Layouts",
                  "topdraw.recordings.imports.RewardColumn"),
              "columns are named by a layout, which tells how their scores are read"),
          Map.entry(
              Set.of(
                  "topdraw.recordings.imports.Contents",
                  "topdraw.recordings.imports.EvalLog",
                  "topdraw.recordings.imports.RowSource",
                  "topdraw.recordings.imports.ZstdText"),
              "what a file holds is told by its content, and an archive holds files"),
          Map.entry(
              Set.of("topdraw.recordings.run.ManifestFile", "topdraw.recordings.run.RunManifest"),
              "a manifest is read by its file"),
          Map.entry(
              Set.of("topdraw.recordings.path.PathParser", "topdraw.recordings.path.RowPath"),
              "a path is made by its parser"),
          Map.entry(
              Set.of("topdraw.llama.gguf.GgufMetadata", "topdraw.llama.gguf.GgufVocabulary"),
              "both read one header, and show names alike"),
          Map.entry(
              Set.of(
                  "topdraw.llama.engine.ScalarWeights",
                  "topdraw.llama.engine.VectorWeights",
                  "topdraw.llama.engine.Weights"),
              "a sealed type and its kinds"),
          Map.entry(
              Set.of(
                  "topdraw.llama.template.Methods",
                  "topdraw.llama.template.Splits",
                  "topdraw.llama.template.TextMethods"),
              "a table of methods and those of texts, which read their arguments by its rules"));

  private static Module module(String name) {
    return MODULES.stream()
        .filter(module -> module.packages().contains(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no module lists the package topdraw." + name));
  }

  private static String name(JavaClass type) {
    return type.getPackageName().replaceFirst("^topdraw\\.", "");
  }

  /// What a class knows of ours outside its own file, by package.
  private static Stream<JavaClass> known(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
        .filter(target -> target.getPackageName().startsWith("topdraw."));
  }

  @Test
  void everyPackageIsListedAndEveryListedOneIsThere() {
    Set<String> found = CLASSES.stream().map(ArchitectureTest::name).collect(toSet());
    Set<String> listed =
        MODULES.stream().flatMap(module -> module.packages().stream()).collect(toSet());
    assertThat(found).isEqualTo(listed);
  }

  @Test
  void modulesKnowOnlyWhatComesBeforeThem() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      Module own = module(name(type));
      known(type)
          .filter(
              target -> {
                Module other = module(name(target));
                return other != own && !own.knows().contains(other.name());
              })
          .forEach(target -> wrong.add(type.getName() + " knows " + target.getName()));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void insideCoreTheWalkGoesFromTheDrawToThePlan() {
    assertThat(WALK.keySet()).isEqualTo(MODULES.get(1).packages());
    Set<String> wrong = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      Set<String> allowed = WALK.get(name(type));
      if (allowed != null) {
        known(type)
            .filter(target -> WALK.containsKey(name(target)))
            .filter(target -> !name(target).equals(name(type)))
            .filter(target -> !allowed.contains(name(target)))
            .forEach(target -> wrong.add(type.getName() + " knows " + target.getName()));
      }
    }
    assertThat(wrong).isEmpty();
  }

  /// A command parses and prints; a longer one does something besides.
  @Test
  void noCommandIsLong() throws IOException {
    try (Stream<Path> sources = Files.list(Path.of("..", "cli", "src/main/java/topdraw/cli"))) {
      assertThat(sources.filter(source -> source.toString().endsWith("Command.java")))
          .hasSizeGreaterThan(15)
          .allSatisfy(
              command -> assertThat(Files.readAllLines(command).size()).isLessThanOrEqualTo(150));
    }
  }

  @Test
  void noPackagesKnowEachOther() {
    slices().matching("topdraw.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void noClassesKnowEachOtherWithoutAReason() {
    Set<Set<String>> unexplained = new LinkedHashSet<>();
    for (Set<String> knot : knots()) {
      if (KNOTS.keySet().stream().noneMatch(known -> known.containsAll(knot))) {
        unexplained.add(knot);
      }
    }
    assertThat(unexplained).isEmpty();
    assertThat(KNOTS.keySet().stream().flatMap(Set::stream))
        .as("the list has only classes that are there")
        .allMatch(CLASSES::contain);
  }

  /// The strongly connected sets of two top-level classes or more.
  private static Set<Set<String>> knots() {
    Map<String, Set<String>> graph = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      Set<String> targets = graph.computeIfAbsent(topLevel(type), _ -> new TreeSet<>());
      known(type).map(ArchitectureTest::topLevel).forEach(targets::add);
    }
    Map<String, Set<String>> reach = new HashMap<>();
    graph.keySet().forEach(from -> reach.put(from, reachable(from, graph)));
    Set<Set<String>> knots = new LinkedHashSet<>();
    for (String one : graph.keySet()) {
      Set<String> knot =
          reach.getOrDefault(one, Set.of()).stream()
              .filter(other -> reach.getOrDefault(other, Set.of()).contains(one))
              .collect(toCollection(TreeSet::new));
      if (knot.size() > 1) {
        knots.add(knot);
      }
    }
    return knots;
  }

  private static Set<String> reachable(String from, Map<String, Set<String>> graph) {
    Set<String> seen = new TreeSet<>();
    List<String> open = new ArrayList<>(List.of(from));
    while (!open.isEmpty()) {
      for (String next : graph.getOrDefault(open.removeLast(), Set.of())) {
        if (seen.add(next)) {
          open.add(next);
        }
      }
    }
    return seen;
  }

  private static String topLevel(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "");
  }
}
