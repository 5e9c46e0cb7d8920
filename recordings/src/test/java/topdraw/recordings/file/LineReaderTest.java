package topdraw.recordings.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.input.InputException;

class LineReaderTest {
  /// Gives as much as it likes at a time, now and then nothing.
  private static final class Dripping extends FilterInputStream {
    private final Random random;

    Dripping(byte[] bytes, Random random) {
      super(new ByteArrayInputStream(bytes));
      this.random = random;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int some = random.nextInt(Math.min(length, 70_000) + 1);
      return some == 0 ? 0 : super.read(into, from, some);
    }
  }

  /// What was written comes back, whatever pieces it is read in: empty lines, lines beside and
  /// beyond the buffer, any byte but a line feed.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void linesOfAnyLengthInPiecesOfAnySize(long seed) throws IOException {
    Random random = new Random(seed);
    boolean torn = random.nextBoolean();
    List<byte[]> lines = new ArrayList<>();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    List<Long> ends = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int longest = List.of(1, 30, 66_000, 200_000).get(random.nextInt(4));
      byte[] line = new byte[1 + random.nextInt(longest)];
      random.nextBytes(line);
      for (int k = 0; k < line.length; k++) if (line[k] == '\n') line[k] = 'n';
      if (random.nextInt(5) == 0 && !(torn && i == 199)) line = new byte[0];
      lines.add(line);
      file.write(line);
      if (!torn || i < 199) file.write('\n');
      ends.add((long) file.size());
    }
    try (LineReader reader = new LineReader(new Dripping(file.toByteArray(), random), "f")) {
      for (int i = 0; i < 200; i++) {
        assertThat(reader.next()).isEqualTo(lines.get(i));
        assertThat(reader.end()).isEqualTo(ends.get(i));
        assertThat(reader.place()).isEqualTo("f:" + (i + 1));
        assertThat(reader.whole()).isEqualTo(!torn || i < 199);
      }
      assertThat(reader.next()).isNull();
      assertThat(reader.place()).isEqualTo("f:200");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theLongestLineIsReadAndALongerOneRefused(boolean ended) throws IOException {
    byte[] longest = new byte[LineReader.LONGEST + (ended ? 1 : 0)];
    if (ended) longest[LineReader.LONGEST] = '\n';
    try (LineReader reader = new LineReader(new ByteArrayInputStream(longest), "f")) {
      assertThat(reader.next()).hasSize(LineReader.LONGEST);
      assertThat(reader.whole()).isEqualTo(ended);
      assertThat(reader.next()).isNull();
    }
    InputStream longer = new ByteArrayInputStream(new byte[LineReader.LONGEST + 1]);
    try (LineReader reader = new LineReader(longer, "f")) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(InputException.class)
          .hasMessage("f:1: the line is longer than 16 MiB");
    }
  }
}
