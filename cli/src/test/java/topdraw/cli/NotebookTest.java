package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import topdraw.json.Json;

/// docs/python.md and its notebook in the hands of pandas and matplotlib: the commands of the page
/// are given to the program, the notebook's cells to Python.
class NotebookTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Path PAGE = DOCS.resolve("python.md");
  private static final Path NOTEBOOK = DOCS.resolve("python.ipynb");

  /// Runs the cells one after another, as a notebook does, and holds what each prints to what the
  /// notebook says that it prints.
  private static final String CELLS =
      """
      import contextlib, io, json, sys
      cells = [cell for cell in json.load(open(sys.argv[1]))["cells"] if cell["cell_type"] == "code"]
      names = {}
      for cell in cells:
          printed = io.StringIO()
          with contextlib.redirect_stdout(printed):
              exec("".join(cell["source"]), names)
          said = "".join("".join(one["text"]) for one in cell["outputs"] if one["output_type"] == "stream")
          assert printed.getvalue() == said, (said, printed.getvalue())
      for n, value in names["by_hand"].items():
          print(n, repr(float(value)))
      """;

  @TempDir private Path temp;

  private static List<String> blocks(String kind) throws IOException {
    return Pattern.compile("(?ms)^```" + kind + "\\n(.*?)^```$")
        .matcher(Files.readString(PAGE))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static Stream<JsonNode> cells() throws IOException {
    JsonNode notebook = Json.read(Files.readString(NOTEBOOK));
    return StreamSupport.stream(notebook.get("cells").spliterator(), false)
        .filter(cell -> cell.get("cell_type").stringValue().equals("code"));
  }

  @Test
  void theNotebookIsThePage() throws IOException {
    assertThat(
            cells()
                .map(
                    cell ->
                        String.join(
                                "",
                                cell.get("source")
                                    .valueStream()
                                    .map(JsonNode::stringValue)
                                    .toList())
                            + "\n"))
        .containsExactlyElementsOf(blocks("python"));
  }

  @Test
  void thePagesCommandsAndTheNotebooksCellsWorkAsPrinted()
      throws IOException, InterruptedException {
    assumeTrue(
        python("-c", "import pandas, pyarrow, matplotlib").exitCode() == 0,
        "python3 has no pandas, pyarrow and matplotlib");
    Files.createSymbolicLink(temp.resolve("docs"), DOCS.toAbsolutePath().normalize());
    for (String line : blocks("sh").getFirst().lines().toList()) {
      command(line);
    }

    Ran ran = python("-c", CELLS, NOTEBOOK.toAbsolutePath().toString());

    assertThat(ran.exitCode()).as(ran.out()).isZero();
    assertThat(temp.resolve("reward-against-kl.pdf")).isNotEmptyFile();
    JsonNode curve = Json.read(Files.readString(temp.resolve("analysis.json"))).get("curve");
    List<String> byHand = ran.out().lines().toList();
    assertThat(byHand).hasSize(7).hasSize(curve.size());
    for (int i = 0; i < curve.size(); i++) {
      String[] said = byHand.get(i).split(" ");
      assertThat(said[0]).isEqualTo(curve.get(i).get("n").toString());
      double ours = reward(curve.get(i));
      assertThat(Double.parseDouble(said[1])).isBetween(ours * (1 + 1e-12), ours * (1 - 1e-12));
    }
  }

  private static double reward(JsonNode at) {
    return at.get("findings")
        .valueStream()
        .filter(f -> f.get("quantity").stringValue().equals("reward"))
        .findFirst()
        .orElseThrow()
        .get("value")
        .doubleValue();
  }

  /// A line of the page, in its folder: this process cannot change its own.
  private void command(String line) throws IOException {
    String[] halves = line.split(" > ");
    List<String> words =
        Pattern.compile("\"[^\"]*\"|\\S+")
            .matcher(halves[0])
            .results()
            .map(MatchResult::group)
            .map(word -> word.replace("\"", ""))
            .toList();
    String said;
    if (words.getFirst().equals("echo")) {
      said = words.get(1) + "\n";
    } else {
      assertThat(words.getFirst()).isEqualTo("./topdraw");
      Ran ran = Ran.topdraw(words.stream().skip(1).map(this::inFolder).toArray(String[]::new));
      assertThat(ran.exitCode()).as(line + "\n" + ran.err()).isZero();
      said = ran.out();
    }
    if (halves.length > 1) {
      Files.writeString(temp.resolve(halves[1]), said);
    }
  }

  private String inFolder(String word) {
    return word.matches("[a-z/-]+\\.[a-z]+|my-run") ? temp.resolve(word).toString() : word;
  }

  private Ran python(String... arguments) throws IOException, InterruptedException {
    List<String> command = Stream.concat(Stream.of("python3"), Stream.of(arguments)).toList();
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(temp.toFile()).redirectErrorStream(true);
    builder.environment().put("MPLBACKEND", "Agg");
    builder.environment().put("MPLCONFIGDIR", temp.toString());
    Process python = builder.start();
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(python.waitFor(), said, "");
  }
}
