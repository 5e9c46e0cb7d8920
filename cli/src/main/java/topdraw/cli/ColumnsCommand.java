package topdraw.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.json.Json;
import topdraw.recordings.Recording;
import topdraw.words.Counted;
import topdraw.words.Visible;

@Command(
    name = "columns",
    description = {
      "How files of recorded samples are understood, before any number is believed.",
      "",
      "Says which column was taken for what, the --map that says the same, how many prompts and draws"
          + " there are, and shows the first draws as they will be counted."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw columns samples.jsonl"})
final class ColumnsCommand implements Callable<Integer> {
  private static final int SHOWN = 3;
  private static final int LONGEST = 100;

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "RUN|FILE", description = "A run folder, or files.")
  private List<String> inputs = List.of();

  @Mixin private ImportOptions imports = new ImportOptions();

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  /// What is counted and shown while prompts pass by.
  private static final class Seen {
    private final List<String> lines = new ArrayList<>();
    private long prompts;
    private long draws;
    private int shown;

    void add(PromptDraws prompt) {
      prompts++;
      draws += prompt.draws().size();
      for (Draw draw : prompt.draws()) {
        if (shown == SHOWN) {
          return;
        }
        shown++;
        lines.add(
            "draw " + draw.index() + " of prompt " + cut(prompt.key()) + " (" + draw.place() + ")");
        lines.add("  asked   " + cut(prompt.display()));
        lines.add("  said    " + draw.text().map(Seen::cut).orElse("(not recorded)"));
        lines.add("  scores  " + scores(draw));
        lines.add("  " + rest(draw));
      }
    }

    private static String scores(Draw draw) {
      List<String> scores = new ArrayList<>();
      for (String name : draw.scores().names()) {
        scores.add(
            name
                + " "
                + switch (draw.scores().of(name)) {
                  case Score.Value(double value) -> Double.toString(value);
                  case Score.Missing(String reason) -> "missing (" + reason + ")";
                });
      }
      return scores.isEmpty() ? "none" : String.join(", ", scores);
    }

    private static String rest(Draw draw) {
      List<String> parts = new ArrayList<>();
      parts.add(
          draw.length().isPresent()
              ? draw.length().getAsDouble() + " tokens"
              : "length not recorded");
      parts.add(
          draw.logProbability().recorded().isPresent()
              ? "log p " + draw.logProbability().recorded().getAsDouble()
              : "no log-probability");
      draw.finish().word().ifPresent(word -> parts.add("ended: " + word));
      draw.origin().policy().ifPresent(policy -> parts.add("policy: " + policy));
      return String.join("; ", parts);
    }

    private static String cut(String text) {
      String line = text.replaceAll("\\s+", " ");
      return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
  }

  private static Map<String, Object> json(Recording recording) throws IOException {
    Seen seen = new Seen();
    recording.forEach(seen::add);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("v", 1);
    json.put("columns", recording.columns());
    json.put("mappings", recording.mappings());
    json.put("bad_rows", recording.bad().count());
    json.put("prompts", seen.prompts);
    json.put("samples", seen.draws);
    json.put("rewards", recording.rewards());
    json.put("first", seen.lines);
    return json;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (Recording recording = imports.open(inputs, json ? err : out)) {
      if (json) {
        out.println(Json.line(json(recording)));
        return 0;
      }
      recording.mappings().forEach(map -> out.println("the same, said: " + Visible.of(map)));
      Seen seen = new Seen();
      recording.forEach(seen::add);
      out.println(
          Counted.of(seen.prompts, "prompt")
              + ", "
              + Counted.of(seen.draws, "draw")
              + (recording.rewards().isEmpty()
                  ? ", no reward: name its column with --map reward=PATH, or bring scores with --join FILE --on ID"
                  : ", rewards " + Visible.of(String.join(", ", recording.rewards()))));
      seen.lines.forEach(line -> out.println(Visible.of(line)));
    }
    return 0;
  }
}
