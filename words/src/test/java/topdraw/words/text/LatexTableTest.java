package topdraw.words.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatexTableTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "log_p 95 % & #1 ! log\\_p 95 \\% \\& \\#1",
        "{a} $b$ ! \\{a\\} \\$b\\$",
        "a\\b~c^d ! a\\textbackslash{}b\\textasciitilde{}c\\textasciicircum{}d",
        "<x>|y ! \\textless{}x\\textgreater{}\\textbar{}y",
        "déjà vu ! d\\'{e}j\\`{a} vu",
        "Güte ! G\\\"{u}te",
        "善 😀 ! \\texttt{U+5584} \\texttt{U+1F600}",
        "tab\there ! tab here"
      })
  void whatWouldBeACommandIsALetterAgain(String name, String latex) {
    assertThat(LatexTable.escaped(name)).isEqualTo(latex);
  }
}
