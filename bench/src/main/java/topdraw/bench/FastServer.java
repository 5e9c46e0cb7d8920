package topdraw.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server that draws nothing: it says made-up words that follow from the seed, in vLLM's form and
/// with log-probabilities, so that whoever asks is what is measured. A program of its own, so that
/// its work is not that of whoever asks; it ends with its input.
///
/// Its one argument is how many milliseconds it waits before it answers.
final class FastServer {
  private static final Pattern SEED = Pattern.compile("\"seed\":(\\d+)");
  private static final Pattern MOST = Pattern.compile("\"max_tokens\":(\\d+)");
  private static final int MOST_TOKENS = 16;
  private static final int WORDS = 50;

  private final Duration late;

  private FastServer(Duration late) {
    this.late = late;
  }

  /// Prints its port and serves.
  public static void main(String[] arguments) throws IOException {
    FastServer server = new FastServer(Duration.ofMillis(Long.parseLong(arguments[0])));
    ServerSocket listening = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    System.out.println(listening.getLocalPort());
    Thread.ofVirtual().start(() -> server.listen(listening));
    while (System.in.read() >= 0) {
      // until whoever started it has gone
    }
  }

  private void listen(ServerSocket listening) {
    try {
      while (true) {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      for (String first = line(in); !first.isEmpty(); first = line(in)) {
        String body = body(in);
        byte[] answer = answer(first.split(" ", -1)[1], body).getBytes(StandardCharsets.UTF_8);
        out.write(
            ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                    + answer.length
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(answer);
        out.flush();
      }
    } catch (IOException | InterruptedException e) {
      // whoever asked has gone
    }
  }

  private String answer(String path, String body) throws InterruptedException {
    return switch (path) {
      case "/v1/models" -> "{\"data\":[{\"id\":\"words\",\"owned_by\":\"vllm\"}]}";
      case "/version" -> "{\"version\":\"0\"}";
      case "/v1/chat/completions" -> {
        if (late.isPositive()) Thread.sleep(late);
        yield completion(number(SEED, body, 0), Math.min(MOST_TOKENS, number(MOST, body, 1)));
      }
      default -> "{\"detail\":\"Not Found\"}";
    };
  }

  private static int number(Pattern pattern, String body, int otherwise) {
    Matcher found = pattern.matcher(body);
    return found.find() ? Integer.parseInt(found.group(1)) : otherwise;
  }

  private static String completion(int seed, int tokens) {
    StringBuilder text = new StringBuilder();
    StringBuilder content = new StringBuilder();
    StringBuilder ids = new StringBuilder();
    long state = seed;
    for (int i = 0; i < tokens; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      int id = (int) Math.floorMod(state >> 33, (long) WORDS);
      String word = " word" + id;
      text.append(word);
      if (i > 0) {
        content.append(',');
        ids.append(',');
      }
      ids.append(id);
      content.append(
          ("{\"token\":\"%s\",\"logprob\":-3.9120230054281460,\"bytes\":null,\"top_logprobs\":["
                  + "{\"token\":\"%s\",\"logprob\":-3.9120230054281460,\"bytes\":null},"
                  + "{\"token\":\" word%d\",\"logprob\":-3.912023005428146,\"bytes\":null}]}")
              .formatted(word, word, (id + 1) % WORDS));
    }
    return ("{\"id\":\"c\",\"object\":\"chat.completion\",\"model\":\"words\",\"choices\":[{\"index\":0,"
            + "\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"logprobs\":{\"content\":[%s]},"
            + "\"finish_reason\":\"length\",\"token_ids\":[%s]}],"
            + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":%d}}")
        .formatted(text, content, ids, tokens);
  }

  private static String body(InputStream in) throws IOException {
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
