package topdraw.llama.gguf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import topdraw.input.InputException;
import topdraw.input.Parameter;
import topdraw.input.Problem;
import topdraw.llama.file.Faults;
import topdraw.llama.file.ModelException;

/// What the header of a GGUF file says, after Java has checked all of it: counts, lengths, types,
/// names, alignment, and that every tensor lies inside the file where the native reader will look.
///
/// Native GGUF readers have had holes, so no file reaches one before this has passed. Stricter than
/// the format where models have no use for its freedom: no arrays of arrays, no big-endian files,
/// no models split over several files (the native reader would open the others unchecked).
///
/// Source: the GGUF specification, versions 2 and 3, and the reader of llama.cpp b4916.
///
/// @param architecture the model's family, such as `llama`
/// @param name the model's name, control characters replaced; the file's name where it has none
/// @param quantization how most of its weights are stored, such as `Q4_1`
/// @param contextLength tokens of prompt and completion the model was made for
/// @param parameters numbers in all tensors together
/// @param shape what decides how much memory it takes
public record GgufHeader(
    String architecture,
    String name,
    String quantization,
    long contextLength,
    long parameters,
    GgufShape shape) {
  /// The most bytes of a chat template.
  public static final int LONGEST_TEMPLATE = 1 << 20;

  private static final long MAGIC = 0x46554747L; // "GGUF", read as little-endian
  private static final int MAX_ENTRIES = 1 << 14;
  private static final int MAX_TENSORS = 1 << 16;

  /// Reads and checks a header; about 10 ms and 64 KiB for a vocabulary of 50,000 tokens.
  ///
  /// @param file a GGUF file
  /// @return what the header says
  /// @throws InputException if it is not a usable GGUF model, naming the byte and the fix
  /// @throws ModelException if the file cannot be read
  public static GgufHeader read(Path file) {
    requireFile(file);
    try (FileChannel channel = FileChannel.open(file)) {
      return read(new GgufReader(file, channel), file);
    } catch (IOException e) {
      throw new ModelException(file + ": cannot be read: " + Faults.reason(e), e);
    }
  }

  private static void requireFile(Path file) {
    if (Files.isDirectory(file)) {
      throw new InputException(
          Problem.MALFORMED, file + ": is a folder; name the GGUF file inside it");
    }
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          Problem.MISSING,
          file + ": no such file; ",
          Parameter.MODEL,
          " takes the path of a GGUF file");
    }
  }

  private static GgufHeader read(GgufReader in, Path file) throws IOException {
    checkMagic(in);
    long tensors = in.u64("the number of tensors", MAX_TENSORS);
    if (tensors == 0) throw in.refuse(8, "the model has no tensors");
    long entries = in.u64("the number of metadata entries", MAX_ENTRIES);
    GgufMetadata metadata = GgufMetadata.read(in, entries);
    String architecture = architecture(in, metadata);
    if (metadata.number("split.count", 1) > 1) {
      throw in.refuse(in.position(), "the model is split over several files; join them first");
    }
    var hyper = new GgufParameters(in, metadata, architecture);
    long context = hyper.check();
    GgufTensors table = GgufTensors.read(in, tensors, metadata.alignment());
    metadata.requireUnsigned("general.file_type");
    String quantization =
        FileType.word(metadata.number("general.file_type", -1)).orElse(table.commonest().name());
    var shape =
        new GgufShape(
            in.size(), hyper.cacheNumbers(), metadata.tokens(), hyper.width(), table.matrices());
    return new GgufHeader(
        architecture, name(metadata, file), quantization, context, table.parameters(), shape);
  }

  private static void checkMagic(GgufReader in) throws IOException {
    if (in.size() == 0) throw in.refuse(0, "the file is empty");
    if (in.u32() != MAGIC) throw in.refuse(0, "the file does not begin with \"GGUF\"");
    long version = in.u32();
    if (version == 0x0200_0000L || version == 0x0300_0000L) {
      throw in.refuse(4, "the file is big-endian");
    }
    if (version != 2 && version != 3) {
      throw in.refuse(4, "the GGUF version is " + version + ", expected 2 or 3");
    }
  }

  private static String architecture(GgufReader in, GgufMetadata metadata) {
    String architecture = metadata.string("general.architecture", "");
    if (!architecture.matches("[A-Za-z0-9._-]{1,64}")) {
      throw in.refuse(
          in.position(),
          "\"general.architecture\" is " + GgufMetadata.shown(architecture) + ", expected a name");
    }
    return architecture;
  }

  private static String name(GgufMetadata metadata, Path file) {
    String name = metadata.string("general.name", "").strip();
    String otherwise = file.getFileName().toString().replaceFirst("\\.gguf$", "");
    String quoted = GgufMetadata.shown(name.isEmpty() ? otherwise : name);
    return quoted.substring(1, quoted.length() - 1);
  }
}
