package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void aModelCannotMoveTheCursor() {
    assertThat(Terminal.visible("a\u001b[2Jb\tc\nd\u0007é")).isEqualTo("a\\x1b[2Jb\tc\nd\\x07é");
  }

  @Test
  void aLongTextBecomesOneShortLine() {
    assertThat(Terminal.oneLine(" a\n\nb ", 10)).isEqualTo("a b");
    assertThat(Terminal.oneLine("0123456789abc", 10)).isEqualTo("012345678…");
  }
}
