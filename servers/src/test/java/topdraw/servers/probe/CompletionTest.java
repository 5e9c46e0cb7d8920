package topdraw.servers.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topdraw.servers.probe.Completion.Entry;

/// Which last token is the end's: taken for it wrongly, a sum lacks a term and proves too much.
class CompletionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "Blue|Bl,ue,<end>|true",
        "Blue|Bl,ue,|true",
        "Blue|Blue|false",
        "Blue| Blue|false", // the server stripped its text
        "Blue| Blue,<end>|true",
        "Blue|Blue, |false", // a blank at the end, stripped, and no end token
        "Blue|Blue, ,<end>|true",
        "a b|a,b,<end>|true", // a tokenizer that leaves blanks out
        "Blue|Bl,|false"
      })
  void theEndTokenStandsBehindTheWholeText(String text, String tokens, boolean ended) {
    List<Entry> entries =
        Arrays.stream(tokens.split(",", -1))
            .map(token -> new Entry(token, -1, OptionalInt.empty(), Map.of()))
            .toList();
    Completion told =
        new Completion(
            text,
            Optional.of("stop"),
            entries,
            new int[0],
            OptionalInt.of(entries.size()),
            OptionalInt.empty(),
            false,
            Optional.empty());
    assertThat(told.endsWithItsEnd()).isEqualTo(ended);
  }
}
