package topdraw.llama.file;

import java.nio.file.Path;

/// A model on disk that may be handed to native code: its hash is known and its header has been
/// checked in Java.
///
/// @param name the model's name, as a person would say it
/// @param path the GGUF file
/// @param sha256 the file's SHA-256, 64 lower-case hex digits
/// @param quantization how its weights are stored, such as `Q4_1`
public record ModelFile(String name, Path path, String sha256, String quantization) {}
