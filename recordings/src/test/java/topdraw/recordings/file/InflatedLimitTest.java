package topdraw.recordings.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class InflatedLimitTest {
  private static final InflatedLimit LIMIT = new InflatedLimit("s.jsonl.gz", 1000);

  private static ByteArrayInputStream zipped(int zeros) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(new byte[zeros]);
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  @Test
  void aStreamThatHoldsMoreEndsWithAnErrorThatNamesTheFileAndTheWayOut() throws IOException {
    try (var in = LIMIT.over(new GZIPInputStream(zipped(1001)))) {
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("s.jsonl.gz: inflates to more than 1,000 bytes")
          .hasMessageContaining("unpack it");
    }
    try (var in = LIMIT.over(new GZIPInputStream(zipped(1001)))) {
      assertThatThrownBy(() -> in.skipNBytes(1001)).hasMessageContaining("inflates to more");
    }
    try (var in = LIMIT.over(new GZIPInputStream(zipped(1000)))) {
      assertThat(in.readAllBytes()).hasSize(1000);
    }
  }

  @Test
  void aSmallFileMayHoldAGigabyteALargeOneTwoHundredTimesItsSize() {
    assertThat(InflatedLimit.of("s", 10).bytes()).isEqualTo(1L << 30);
    assertThat(InflatedLimit.of("s", 1L << 30).bytes()).isEqualTo(200L << 30);
  }
}
