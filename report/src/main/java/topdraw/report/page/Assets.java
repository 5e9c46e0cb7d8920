package topdraw.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// The scripts and the style that every page carries inside itself.
final class Assets {
  /// The version that the parent pom pins.
  static final String ECHARTS = "5.6.0";

  private Assets() {}

  static String echarts() {
    return text("/META-INF/resources/_static/echarts/" + ECHARTS + "/dist/echarts.min.js");
  }

  static String figures() {
    return text("figures.js");
  }

  static String mount() {
    return text("page.js");
  }

  static String analysis() {
    return text("analysis.js");
  }

  static String style() {
    return text("page.css");
  }

  /// The name by which a content security policy allows exactly this script or style.
  static String hash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String text(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            name + " is not on the class path; the report module and ECharts must match");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
