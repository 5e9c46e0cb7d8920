package topdraw.llama.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The same for the templates that may not be kept here, where `tools/templates/record.py
/// --fetch-only` has brought them: more than 200 in all.
class FetchedTemplatesTest {
  private static final Path FOLDER = Path.of("..", "target", "chat-templates");

  @Test
  void everyTemplateFetchedRendersAsItsAuthorsSeeIt() throws IOException {
    Path recorded = FOLDER.resolve("fetched.jsonl");
    assumeTrue(
        Files.isRegularFile(recorded),
        "not run: run tools/templates/record.py --fetch-only for the templates of 200 more models");
    for (Records.Rendering one : Records.renderings(Files.newInputStream(recorded))) {
      String template = Files.readString(FOLDER.resolve(one.template() + ".jinja"));
      assertThat(
              Records.rendered(template, Records.variables(one.conversation(), one.generation())))
          .as("%s: %s, generation prompt %s", one.template(), one.conversation(), one.generation())
          .isEqualTo(one.output());
    }
  }
}
