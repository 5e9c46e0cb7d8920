package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// What a repository of libraries asks of a pom, and what the bill of materials must list.
class PublishedPomsTest {
  private static final Path ROOT = Path.of("..");

  /// The program, and what is never published: on nobody's class path.
  private static final Set<String> NO_LIBRARIES = Set.of("cli", "bench", "bom");

  private static Element pom(String module) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(ROOT.resolve(module).resolve("pom.xml").toFile())
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError(module, e);
    }
  }

  private static Stream<String> texts(Element pom, String name) {
    NodeList all = pom.getElementsByTagName(name);
    return IntStream.range(0, all.getLength()).mapToObj(i -> all.item(i).getTextContent());
  }

  /// The text of an element that stands at the top of the pom.
  private static List<String> own(Element pom, String name) {
    NodeList all = pom.getElementsByTagName(name);
    return IntStream.range(0, all.getLength())
        .mapToObj(all::item)
        .filter(node -> node.getParentNode() == pom)
        .map(node -> node.getTextContent().strip())
        .toList();
  }

  static Stream<String> modules() {
    return texts(pom("."), "module");
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleSaysWhatItIsAndHowModulesCallIt(String module) {
    Element pom = pom(module);
    assertThat(own(pom, "artifactId")).containsExactly("topdraw-" + module);
    assertThat(own(pom, "name")).hasSize(1);
    assertThat(own(pom, "description").getFirst()).endsWith(".");
    if (!module.equals("bom")) {
      assertThat(texts(pom, "java.module")).containsExactly("topdraw." + module);
    }
  }

  @Test
  void theParentAndTheBillOfMaterialsSayWhatCentralAsks() {
    for (String published : List.of(".", "bom")) {
      Element pom = pom(published);
      for (String part : List.of("name", "description", "url", "licenses", "developers", "scm")) {
        assertThat(own(pom, part)).as(published + " " + part).hasSize(1);
      }
    }
  }

  @Test
  void theBillOfMaterialsListsEveryLibraryUnderTheVersionOfTheParent() {
    Element bom = pom("bom");
    Element parent = pom(".");
    assertThat(own(bom, "version")).isEqualTo(own(parent, "version"));
    assertThat(texts(managed(bom), "groupId").distinct())
        .containsExactlyElementsOf(own(parent, "groupId"));
    assertThat(texts(managed(bom), "artifactId"))
        .containsExactlyInAnyOrderElementsOf(
            modules()
                .filter(module -> !NO_LIBRARIES.contains(module))
                .map(module -> "topdraw-" + module)
                .toList());
  }

  private static Element managed(Element bom) {
    return (Element) bom.getElementsByTagName("dependencyManagement").item(0);
  }
}
