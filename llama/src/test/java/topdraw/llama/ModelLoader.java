package topdraw.llama;

import java.nio.file.Path;
import topdraw.draw.Prompt;
import topdraw.llama.engine.EngineBuild;
import topdraw.llama.file.ModelFile;
import topdraw.llama.gguf.GgufHeader;
import topdraw.reference.Sampling;

/// A program of its own that does with each file it is given what Topdraw does with a model that a
/// user trusts: checks the header, loads it, renders, draws two tokens. It prints a line a file.
/// The first argument is the build of llama.cpp.
final class ModelLoader {
  private ModelLoader() {}

  public static void main(String[] arguments) {
    var settings = new LlamaSettings(1, 2, 64, EngineBuild.of(arguments[0]));
    for (int i = 1; i < arguments.length; i++) {
      System.out.println(outcome(Path.of(arguments[i]), settings));
    }
  }

  private static String outcome(Path file, LlamaSettings settings) {
    try {
      GgufHeader header = GgufHeader.read(file);
      var model = new ModelFile(header.name(), file, "0".repeat(64), header.quantization());
      var sampling = new Sampling(1, 0, 1, 0, 2);
      try (var policy = LlamaPolicy.open(model, sampling, 7, settings)) {
        policy.draw(new Prompt.Text("ab c"), 0, 1);
        policy.draw(Prompt.user("Hello, {{ world }}"), 0, 1);
      }
      return "loaded";
    } catch (IllegalArgumentException e) {
      return "refused: " + e.getMessage();
    } catch (IllegalStateException e) {
      return "failed: " + e.getMessage();
    }
  }
}
