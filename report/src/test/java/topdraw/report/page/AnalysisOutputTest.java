package topdraw.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalysisFilesTest {
  @TempDir Path folder;

  @Test
  void aFolderGetsAPageAndItsTwinAndAnEarlierPairIsReplaced() throws IOException {
    Path output = folder.resolve("deep/report");
    AnalysisFiles.at(output).write(SampleAnalysis.of(1, 2).report());
    AnalysisFiles.at(output).write(SampleAnalysis.of(2, 4).report());

    assertThat(Files.readString(output.resolve("report.html"))).contains("2 prompts, 8 samples");
    assertThat(Files.readString(output.resolve("analysis.json"))).contains("\"samples\":8");
    try (var files = Files.list(output)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void aPageIsNamedByItsEnding() throws IOException {
    AnalysisFiles files = AnalysisFiles.at(folder.resolve("mine.html"));

    assertThat(files.page()).isEqualTo(folder.resolve("mine.html"));
    assertThat(files.twin()).isEqualTo(folder.resolve("mine.json"));
  }

  @Test
  void whatAnAnalysisDidNotWriteIsNotReplaced() throws IOException {
    Path page = Files.writeString(folder.resolve("report.html"), "<html>my thesis</html>");
    assertThatThrownBy(() -> AnalysisFiles.at(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            page
                + " is there, and topdraw analyze did not write it; move it, or give another place with"
                + " -o");

    Files.delete(page);
    Path twin = Files.writeString(folder.resolve("analysis.json"), "{\"v\":1}");
    assertThatThrownBy(() -> AnalysisFiles.at(folder)).hasMessageStartingWith(twin.toString());
    assertThat(twin).hasContent("{\"v\":1}");
  }

  @Test
  void aFileThatIsNoPageIsNotTakenForAFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "notes");

    assertThatThrownBy(() -> AnalysisFiles.at(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("is a file; give a folder, or a page that ends in .html");
  }
}
