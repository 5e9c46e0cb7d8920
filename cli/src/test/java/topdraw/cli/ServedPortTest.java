package topdraw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The gateway as a program: it says where it listens, answers, and ends when it is told to.
@DisabledOnOs(OS.WINDOWS) // it has no signals
class ServedPortTest {
  @TempDir private Path home;

  @Test
  void itEndsInOneLineWhenItIsToldTo() throws IOException, InterruptedException {
    Process process = LaunchedProgram.in(home).command(Map.of(), "serve", "--port", "0").start();
    try {
      BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
      String line = err.readLine();
      while (!line.contains(" is served at ")) line = err.readLine();
      String url = line.replaceFirst(".*(http://[^;]*);.*", "$1");
      HttpResponse<String> models =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(url + "/models")).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(models.body()).contains("\"id\":\"topdraw\"");
      LaunchedProgram.signal(process, "TERM", false);
      Ran ran = LaunchedProgram.ended(process, "", err);
      assertThat(ran.exitCode()).as(ran.err()).isEqualTo(143);
      assertThat(ran.err()).isEqualTo("topdraw: ends when what it has begun is answered");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aPortThatIsTakenIsSaidInOneLine() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ran ran =
          LaunchedProgram.in(home)
              .run(Map.of(), "serve", "--port", Integer.toString(taken.getLocalPort()));
      assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
      assertThat(ran.err())
          .contains("topdraw: cannot listen on 127.0.0.1, port " + taken.getLocalPort())
          .doesNotContain("\tat ");
    }
  }
}
