package topdraw.recordings.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// No two prompts have one name, whatever they are called.
class PromptNamesTest {
  private static List<String> named(String... keys) {
    PromptNames names = new PromptNames();
    return Stream.of(keys).map(names::next).toList();
  }

  @Test
  void aNameThatComesAgainIsNumbered() {
    assertThat(named("a", "b", "a", "a", "b")).containsExactly("a", "b", "a#2", "a#3", "b#2");
  }

  @Test
  void aNumberedNameThatIsTakenIsPassedOver() {
    assertThat(named("a", "a", "a#2", "a")).containsExactly("a", "a#2", "a#2#2", "a#3");
    assertThat(named("a#2", "a", "a")).containsExactly("a#2", "a", "a#3");
  }

  @Test
  void manyPromptsOfOneNameTakeNoLonger() {
    PromptNames names = new PromptNames();
    Set<String> given = new HashSet<>();
    for (int i = 1; i <= 200_000; i++) {
      assertThat(given.add(names.next("0"))).isTrue();
    }
    assertThat(given).contains("0", "0#2", "0#200000");
  }
}
