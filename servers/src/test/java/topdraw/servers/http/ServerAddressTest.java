package topdraw.servers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topdraw.input.InputException;

class ServerAddressTest {
  @Test
  void anAddressIsReadWithOrWithoutItsVersion() {
    assertThat(ServerAddress.of(" HTTP://Host:65535/a/v1/ ").root())
        .hasToString("http://host:65535/a");
    assertThat(ServerAddress.of("https://[::1]/").root()).hasToString("https://[::1]");
  }

  @Test
  void anAddressIsSaidAsItWasTypedAndEqualHoweverItWas() {
    ServerAddress typed = ServerAddress.of(" http://Host:8000/v1/ ");
    assertThat(typed).hasToString("http://Host:8000/v1/");
    assertThat(typed)
        .isEqualTo(ServerAddress.of("http://host:8000"))
        .hasSameHashCodeAs(ServerAddress.of("http://host:8000"))
        .isNotEqualTo(ServerAddress.of("http://host:8001/v1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "host:8000",
        "file:///etc/passwd",
        "http://",
        "http://:80",
        "http://h:0",
        "http://h:99999",
        "http://h:65536/v1",
        "http://h:-1",
        "http://h/?a=b",
        "http://h/#a",
        "http://me:secret@h/"
      })
  void whatIsNoAddressIsRefusedInOneLine(String text) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> ServerAddress.of(text))
        .withMessageStartingWith("a server's address ")
        .withMessageNotContaining("\n")
        .withMessageNotContaining("secret");
  }
}
