package topdraw.recordings.prompts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import topdraw.input.GivenFile;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;
import topdraw.recordings.file.LineReader;

/// The prompts of a run: a text file of a prompt a line, or JSON lines ([PromptShape] knows their
/// shapes). The first line that is not blank decides which: a `{` begins JSON lines. Blank lines
/// are passed over.
///
/// @param name the file's name, for messages
/// @param sha256 hash of its bytes, 64 hex digits
/// @param prompts its prompts, at least one
public record PromptFile(String name, String sha256, List<RunPrompt> prompts) {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /// Copies the prompts.
  public PromptFile {
    prompts = List.copyOf(prompts);
  }

  /// Reads a prompt file.
  ///
  /// @param file the file
  /// @param raw whether text prompts are to be continued as they stand, without the chat template
  /// @return its prompts
  /// @throws InputException if there is no such file, it holds no prompt, or a line is broken,
  ///   naming it
  /// @throws IOException if it cannot be read
  public static PromptFile read(Path file, boolean raw) throws IOException {
    if (Files.isDirectory(file)) {
      throw new InputException(Problem.MALFORMED, file + " is a folder; give a file of prompts");
    }
    if (!Files.exists(file)) {
      throw new InputException(Problem.MISSING, "there is no prompt file " + file);
    }
    try (InputStream in = GivenFile.open(file)) {
      return read(in, file.toString(), raw);
    }
  }

  /// Reads prompts from a stream, to its end.
  ///
  /// @param in UTF-8 text
  /// @param name what to call it in messages
  /// @param raw whether text prompts are to be continued as they stand
  /// @return its prompts
  /// @throws InputException if it holds no prompt, or a line is broken, naming it
  /// @throws IOException if it cannot be read
  public static PromptFile read(InputStream in, String name, boolean raw) throws IOException {
    MessageDigest sha = newSha256();
    List<PromptShape.Asked> asked = new ArrayList<>();
    @Nullable PromptShape shape = null;
    LineReader lines = new LineReader(new DigestInputStream(in, sha), name);
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      String text = text(line, lines.place());
      if (!text.isBlank()) {
        shape = shape == null ? shapeOf(text, raw, lines.place()) : shape;
        asked.add(at(lines.place(), shape, text));
      }
    }
    if (asked.isEmpty()) {
      throw new InputException(Problem.MISSING, name + " holds no prompt; write one a line");
    }
    return new PromptFile(name, HexFormat.of().formatHex(sha.digest()), RunPrompt.of(asked));
  }

  /// Prompts that stand in no file: each is asked as a user's message, as the line `{"prompt":
  /// "…"}` of a file would be.
  ///
  /// @param texts what is asked, at least one
  /// @return the prompts, with the name and the hash of the file that holds those lines
  /// @throws InputException if there is none, or one is blank
  public static PromptFile of(List<String> texts) {
    StringBuilder lines = new StringBuilder();
    for (String text : texts) {
      lines.append(Json.mapper().writeValueAsString(Map.of("prompt", text))).append('\n');
    }
    byte[] file = lines.toString().getBytes(StandardCharsets.UTF_8);
    try {
      return read(new ByteArrayInputStream(file), "prompts given", false);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be read", e);
    }
  }

  private static PromptShape shapeOf(String first, boolean raw, String place) {
    if (first.strip().equals("[") || first.replaceAll("\\s", "").startsWith("[{")) {
      throw new InputException(
          Problem.MALFORMED,
          place + ": this is one JSON array; write its objects one a line (jq -c '.[]' does that)");
    }
    return first.stripLeading().startsWith("{") ? PromptShape.json(raw) : PromptShape.text(raw);
  }

  private static PromptShape.Asked at(String place, PromptShape shape, String line) {
    try {
      return shape.read(line);
    } catch (IllegalArgumentException e) {
      throw InputException.at(place, e);
    }
  }

  private static String text(byte[] line, String place) {
    String text;
    try {
      text = LineReader.utf8(line);
    } catch (CharacterCodingException e) {
      throw new InputException(
              Problem.MALFORMED,
              place + ": not UTF-8; convert the file, for example with iconv -t UTF-8")
          .by(e);
    }
    String afterMark =
        !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    return afterMark.endsWith("\r") ? afterMark.substring(0, afterMark.length() - 1) : afterMark;
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
