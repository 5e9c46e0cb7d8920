package topdraw.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import topdraw.recordings.Recording;
import topdraw.words.Counted;
import topdraw.words.Visible;
import topdraw.words.text.FirstDraws;

@Command(
    name = "columns",
    description = {
      "How files of recorded samples are understood, before any number is believed.",
      "",
      "Says which column was taken for what, the --map that says the same, how many prompts and draws"
          + " there are, and shows the first draws as they will be counted."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: topdraw columns examples/samples.jsonl"})
final class ColumnsCommand extends AnsweringCommand {
  @Parameters(arity = "1..*", paramLabel = "RUN|FILE", description = "A run folder, or files.")
  private List<String> inputs = List.of();

  @Mixin private ImportOptions imports = new ImportOptions();

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    try (Recording recording = imports.open(inputs, json ? err() : out())) {
      if (!json) {
        recording.mappings().forEach(map -> out().println("the same, said: " + Visible.of(map)));
      }
      FirstDraws first = new FirstDraws();
      recording.forEach(first::add);
      answer(json, () -> document(recording, first), () -> lines(recording, first));
    }
    return 0;
  }

  private static Map<String, Object> document(Recording recording, FirstDraws first) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("v", 1);
    json.put("columns", recording.columns());
    json.put("mappings", recording.mappings());
    json.put("bad_rows", recording.bad().count());
    json.put("prompts", first.prompts());
    json.put("samples", first.draws());
    json.put("rewards", recording.rewards());
    json.put("first", first.lines());
    return json;
  }

  private static List<String> lines(Recording recording, FirstDraws first) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Counted.of(first.prompts(), "prompt")
            + ", "
            + Counted.of(first.draws(), "draw")
            + (recording.rewards().isEmpty()
                ? ", no reward: name its column with --map reward=PATH, or bring scores with --join FILE --on ID"
                : ", rewards " + Visible.of(String.join(", ", recording.rewards()))));
    first.lines().forEach(line -> lines.add(Visible.of(line)));
    return lines;
  }
}
