package topdraw.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTest {
  @Test
  void aModelCannotMoveTheCursor() {
    assertThat(Visible.of("a\u001b[2Jb\tc\nd\u0007é")).isEqualTo("a\\x1b[2Jb\tc\nd\\x07é");
  }

  @Test
  void aLongTextBecomesOneShortLine() {
    assertThat(Visible.oneLine(" a\n\nb ", 10)).isEqualTo("a b");
    assertThat(Visible.oneLine("0123456789abc", 10)).isEqualTo("012345678…");
  }
}
