package topdraw.draw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.draw.FinishReason.End;

class FinishReasonTest {
  @ParameterizedTest
  @CsvSource({
    "stop, ENDED",
    "eos, ENDED",
    "eos_token, ENDED",
    "end_turn, ENDED",
    "stop_sequence, ENDED",
    "length, CUT",
    "max_tokens, CUT",
    "max_length, CUT",
    "content_filter, FILTERED",
    "tool_calls, TOOL_CALL",
    "function_call, TOOL_CALL",
    "abort, OTHER",
    "'', NOT_RECORDED"
  })
  void serversWordsAreUnderstoodAndKept(String word, End end) {
    FinishReason reason = FinishReason.of(word);
    assertThat(reason.end()).isEqualTo(end);
    assertThat(reason.word()).hasValue(word);
    assertThat(reason.cut()).isEqualTo(end == End.CUT);
  }

  @Test
  void nothingRecordedIsNoWord() {
    assertThat(FinishReason.NOT_RECORDED.end()).isEqualTo(End.NOT_RECORDED);
    assertThat(FinishReason.NOT_RECORDED.word()).isEmpty();
    assertThat(FinishReason.of("stop")).isEqualTo(FinishReason.STOP);
  }
}
