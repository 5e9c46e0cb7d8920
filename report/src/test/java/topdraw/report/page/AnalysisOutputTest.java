package topdraw.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.input.InputException;

class AnalysisOutputTest {
  @TempDir Path folder;

  private AnalysisOutput at(String... names) throws IOException {
    return AnalysisOutput.at(
        List.of(names).stream().map(name -> folder.resolve(".") + "/" + name).toList());
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFolderGetsThePageItsTwinAndTheTablesAndEarlierOnesAreReplaced() throws IOException {
    at("deep/report").write(SampleAnalysis.of(1, 2).report());
    at("deep/report/").write(SampleAnalysis.of(2, 4).report());

    Path output = folder.resolve("deep/report");
    assertThat(Files.readString(output.resolve("report.html"))).contains("2 prompts, 8 samples");
    assertThat(Files.readString(output.resolve("analysis.json"))).contains("\"samples\":8");
    assertThat(Files.readString(output.resolve("table.tex"))).contains("2 prompts, 8 samples");
    assertThat(Files.readString(output.resolve("curves.csv"))).contains(",8,2,");
    try (var files = Files.list(output)) {
      assertThat(files).hasSize(4);
    }
  }

  @Test
  void whatIsWrittenIsToldByItsEndingWhateverItsCase() throws IOException {
    List<String> said = at("mine.html", "a.CSV", "b.tex").write(SampleAnalysis.of(1, 2).report());

    assertThat(names()).containsExactly("a.CSV", "b.tex", "mine.html", "mine.json");
    assertThat(said).hasSize(3);
    assertThat(said.getFirst()).contains("mine.html", "mine.json");
    at("mine.html", "a.CSV", "b.tex").write(SampleAnalysis.of(1, 2).report());
  }

  @Test
  void aNumberAfterAPointIsNoEnding() throws IOException {
    at("results-1.5").write(SampleAnalysis.of(1, 2).report());

    assertThat(folder.resolve("results-1.5/report.html")).exists();
  }

  @Test
  void anEndingThatIsNotKnownIsOneErrorThatListsThoseThatAre() {
    assertThatThrownBy(() -> at("a.csv", "curves.xlsx"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("curves.xlsx")
        .hasMessageEndingWith(
            "the endings are .html, .csv, .tex, .svg, .png, .pdf, or a folder, whose name ends in /");
  }

  @Test
  void picturesAreRefusedBeforeTheWorkWhereNothingDrawsThem() {
    assertThatThrownBy(() -> at("a.svg"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("press module");
  }

  @Test
  void whatAnAnalysisDidNotWriteIsNotReplaced() throws IOException {
    Path page = Files.writeString(folder.resolve("report.html"), "<html>my thesis</html>");
    assertThatThrownBy(() -> AnalysisOutput.at(List.of(folder.toString())))
        .isInstanceOf(InputException.class)
        .hasMessage(
            page
                + " is there, and topdraw analyze did not write it; move it, or give another place with"
                + " -o");

    Files.delete(page);
    Path twin = Files.writeString(folder.resolve("analysis.json"), "{\"v\":1}");
    assertThatThrownBy(() -> AnalysisOutput.at(List.of(folder.toString())))
        .hasMessageStartingWith(twin.toString());
    assertThat(twin).hasContent("{\"v\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.csv", "a.tex", "a.html"})
  void aTableOfSomebodyElseIsNotReplaced(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "n,reward\n1,2\n");

    assertThatThrownBy(() -> at(name)).hasMessageContaining("did not write it");
    assertThat(file).hasContent("n,reward\n1,2");
  }

  @Test
  void aFileWithoutAnEndingIsNotTakenForAFolder() throws IOException {
    Files.writeString(folder.resolve("notes"), "notes");

    assertThatThrownBy(() -> at("notes"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a file without an ending; give .html");
  }
}
