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
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server that draws nothing: it says made-up words that follow from the seed, in vLLM's form and
/// with log-probabilities, so that whoever asks is what is measured. A program of its own, so that
/// its work is not that of whoever asks; it ends with its input.
///
/// Its first argument is how many milliseconds it waits before it answers, where a question does
/// not say it in a field of its own, `late_ms`. With a second argument, `faults`, every 31st
/// completion is refused with 500, every 47th breaks off, every 97th takes a second more.
final class FastServer {
  private static final Pattern SEED = Pattern.compile("\"seed\":\\s*(\\d+)");
  private static final Pattern CHOICES = Pattern.compile("\"n\":\\s*(\\d+)");
  private static final Pattern LATE = Pattern.compile("\"late_ms\":\\s*(\\d+)");
  private static final Pattern MOST = Pattern.compile("\"max_tokens\":\\s*(\\d+)");
  private static final int MOST_TOKENS = 16;
  private static final int WORDS = 50;

  private static final int REFUSES = 31;
  private static final int BREAKS_OFF = 47;
  private static final int DAWDLES = 97;
  private static final Duration DAWDLING = Duration.ofSeconds(1);

  private final Duration late;
  private final boolean faults;
  private final AtomicLong calls = new AtomicLong();

  private FastServer(Duration late, boolean faults) {
    this.late = late;
    this.faults = faults;
  }

  /// Prints its port and serves.
  public static void main(String[] arguments) throws IOException {
    FastServer server =
        new FastServer(Duration.ofMillis(Long.parseLong(arguments[0])), arguments.length > 1);
    ServerSocket listening = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
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
        String path = first.split(" ", -1)[1];
        boolean drawn = path.equals("/v1/chat/completions");
        long call = drawn ? calls.incrementAndGet() : 1;
        if (faults && call % BREAKS_OFF == 0) {
          socket.setSoLinger(true, 0); // so that closing resets it
          return;
        }
        if (faults && call % DAWDLES == 0) Thread.sleep(DAWDLING);
        String status = faults && call % REFUSES == 0 ? "500 Server Error" : "200 OK";
        byte[] answer = answer(path, body).getBytes(StandardCharsets.UTF_8);
        out.write(
            ("HTTP/1.1 "
                    + status
                    + "\r\nContent-Type: application/json\r\nContent-Length: "
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
      case "/calls" -> Long.toString(calls.get());
      case "/version" -> "{\"version\":\"0\"}";
      case "/v1/chat/completions" -> {
        Thread.sleep(number(LATE, body, (int) late.toMillis()));
        yield completions(
            number(SEED, body, 0),
            Math.min(MOST_TOKENS, number(MOST, body, MOST_TOKENS)),
            number(CHOICES, body, 1));
      }
      default -> "{\"detail\":\"Not Found\"}";
    };
  }

  private static int number(Pattern pattern, String body, int otherwise) {
    Matcher found = pattern.matcher(body);
    return found.find() ? Integer.parseInt(found.group(1)) : otherwise;
  }

  private static String completions(int seed, int tokens, int choices) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < choices; i++) {
      all.append(i == 0 ? "" : ",").append(choice(i, seed + i, tokens));
    }
    return ("{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"words\","
            + "\"choices\":[%s],\"usage\":"
            + "{\"prompt_tokens\":9,\"completion_tokens\":%d,\"total_tokens\":%d}}")
        .formatted(all, tokens * choices, 9 + tokens * choices);
  }

  private static String choice(int index, int seed, int tokens) {
    StringBuilder text = new StringBuilder();
    StringBuilder content = new StringBuilder();
    StringBuilder ids = new StringBuilder();
    long state = seed;
    for (int i = 0; i < tokens; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      int id = (int) Math.floorMod(state >> 33, (long) WORDS);
      String word = " word" + id;
      String next = " word" + (id + 1) % WORDS;
      text.append(word);
      ids.append(i == 0 ? "" : ",").append(id);
      content.append(i == 0 ? "" : ",");
      likely(content, word).append("\"top_logprobs\":[");
      likely(content, word).append("\"bytes\":null},");
      likely(content, next).append("\"bytes\":null}],\"bytes\":null}");
    }
    return ("{\"index\":%d,\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},"
            + "\"logprobs\":{\"content\":[%s]},\"finish_reason\":\"length\",\"token_ids\":[%s]}")
        .formatted(index, text, content, ids);
  }

  /// Appended, not formatted: this is no small part of what it takes to answer.
  private static StringBuilder likely(StringBuilder json, String word) {
    return json.append("{\"token\":\"").append(word).append("\",\"logprob\":-3.912023005428146,");
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
