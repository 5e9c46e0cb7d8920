package topdraw.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.draw.Prompt;
import topdraw.input.InputException;
import topdraw.llama.file.ModelFile;
import topdraw.llama.gguf.SyntheticGguf;
import topdraw.provider.DownloadProgress;
import topdraw.provider.Surroundings;
import topdraw.reference.BlockPolicy;
import topdraw.reference.Completions;
import topdraw.reference.Judge;
import topdraw.reference.PolicyCatalog;
import topdraw.reference.PolicyContext;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Sampling;
import topdraw.reference.SharedPolicy;
import topdraw.reference.SharedPolicyCatalog;
import topdraw.reference.SharedPolicyContext;

/// The embedded model as it is asked for by name.
class LlamaProviderTest {
  @TempDir Path temp;

  private static ReferencePolicy open(String spec, Map<String, String> settings)
      throws IOException {
    return open(spec, settings, DownloadProgress.SILENT);
  }

  private static ReferencePolicy open(
      String spec, Map<String, String> settings, DownloadProgress progress) throws IOException {
    return new PolicyCatalog()
        .open(
            spec,
            new PolicyContext(
                Sampling.plain(4), 7, settings, progress, Surroundings.of(System.getenv())));
  }

  @Test
  void theDefaultModelAlsoDrawsByBlocksAndAnswersQuestions() throws IOException {
    try (ReferencePolicy policy = open("llama", Map.of("threads", "1", "width", "2"))) {
      assertThat(policy).isInstanceOf(BlockPolicy.class).isInstanceOf(Judge.class);
      assertThat(policy.capabilities().width()).isEqualTo(2);
      assertThat(policy.provenance().fingerprint()).containsEntry("threads", "1");
      assertThat(policy.provenance().seed()).isEqualTo(7);
    }
  }

  @Test
  void aFileOfUnknownHashNeedsTheWordOfWhoTrustsIt() throws IOException {
    // The same model with a byte behind it: sound, and of another hash.
    Path own = temp.resolve("own.gguf");
    Files.copy(TestModel.get().path(), own);
    Files.write(own, new byte[1], StandardOpenOption.APPEND);
    assertThatThrownBy(() -> open("llama:" + own, Map.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("trust-model");
    assertThatThrownBy(() -> open("llama:" + own, Map.of("trust-model", "false")))
        .hasMessageContaining("trust-model");
    List<String> notes = new ArrayList<>();
    try (ReferencePolicy policy =
        open("llama:" + own, Map.of("trust-model", "true"), noting(notes))) {
      assertThat(policy.draw(new Prompt.Text("The"), 0, 1)).hasSize(1);
    }
    assertThat(notes)
        .singleElement()
        .asString()
        .matches(
            "Smollm2 .* takes about 0.6 GB of memory: the file 98 MB, a cache of 256 tokens 6 MB,"
                + " the rest 0.5 GB; .* are available.*");
  }

  private static DownloadProgress noting(List<String> notes) {
    return new DownloadProgress() {
      @Override
      public void bytes(long done, long total) {}

      @Override
      public void note(String line) {
        notes.add(line);
      }
    };
  }

  @Test
  void whatThisMachineCannotHoldIsRefusedBeforeItIsLoaded() throws IOException {
    // A header of 512 layers; the weights of all but one are missing, which nobody gets to see.
    byte[] deep =
        SyntheticGguf.loadable("Q4_0", 1024, true)
            .without("llama.block_count")
            .uint32("llama.block_count", 512)
            .bytes();
    var file =
        new ModelFile("deep", Files.write(temp.resolve("deep.gguf"), deep), "0".repeat(64), "Q4_0");
    var settings = new LlamaSettings(1, 256, 512);

    assertThatThrownBy(() -> LlamaPolicy.open(file, Sampling.plain(512), 1, settings))
        .isInstanceOf(InputException.class)
        .hasMessageMatching(
            ".*deep.gguf takes at least 27\\d.\\d GB of memory beside its file .*a cache of 262144"
                + " tokens 274.9 GB, .*; lower max-tokens, or choose a smaller model with model");
    assertThatThrownBy(() -> SharedLlama.open(file, settings, 512, 1))
        .hasMessageContaining("tokens 274.9 GB");
    assertThatThrownBy(() -> LlamaPolicy.open(file, Sampling.plain(4), 1, settings))
        .hasMessageContaining("llama.cpp b4916 cannot load");
  }

  @Test
  void whatNoCacheHoldsIsRefusedBeforeMemoryIsSpokenOf() throws IOException {
    Path own =
        Files.write(temp.resolve("own.gguf"), SyntheticGguf.loadable("Q4_0", 32, true).bytes());
    List<String> notes = new ArrayList<>();
    var context =
        new PolicyContext(
            Sampling.plain(100_000),
            7,
            Map.of("trust-model", "true"),
            noting(notes),
            Surroundings.of(System.getenv()));
    assertThatThrownBy(() -> new PolicyCatalog().open("llama:" + own, context))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "max-tokens 100000 for each of 16 completions side by side are 1600000 tokens in the"
                + " cache, more than 131072; lower max-tokens");
    assertThat(notes).isEmpty();
  }

  @Test
  void settingsThatItDoesNotKnowOrCannotReadAreNamed() {
    assertThatThrownBy(() -> open("llama", Map.of("thread", "1")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no setting 'thread'");
    assertThatThrownBy(() -> open("llama", Map.of("threads", "many")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("threads is a whole number, was 'many'");
    assertThatThrownBy(() -> open("llama", Map.of("engine", "b1")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "engine \"b1\": there is no such build of llama.cpp here; give b4916 or v0.5.0, or leave it"
                + " out for b4916");
    assertThatThrownBy(() -> open("llama", Map.of("weights", "q4_0")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "weights \"q4_0\": there is no such copy of a model; give q8_0, or leave it out for the"
                + " model's own");
    assertThatThrownBy(() -> open("llama", Map.of("threads", "0")))
        .hasMessageContaining("threads must be from 1 to 512, was 0");
  }

  private static SharedPolicy share(String spec, Map<String, String> settings) throws IOException {
    return new SharedPolicyCatalog()
        .open(spec, new SharedPolicyContext(4, 1, settings, DownloadProgress.SILENT));
  }

  @Test
  void manyCanAskTheSameModelsByTheSameNamesAndSettings() throws IOException {
    Prompt prompt = new Prompt.Text("The");
    try (SharedPolicy shared = share("llama", Map.of("threads", "1", "width", "2"));
        ReferencePolicy policy = open("llama", Map.of("threads", "1", "width", "2"));
        Completions completions = shared.ask(prompt, Sampling.plain(4), 7)) {
      assertThat(shared).isInstanceOf(Judge.class);
      assertThat(completions.provenance()).isEqualTo(policy.provenance());
      assertThat(completions.draw(3, _ -> {})).isEqualTo(policy.draw(prompt, 3, 1).getFirst());
      assertThatThrownBy(() -> shared.ask(prompt, Sampling.plain(5), 7))
          .hasMessage("max-tokens must be at most 4 here, was 5");
    }
    assertThatThrownBy(() -> share("llama", Map.of("thread", "1")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no setting 'thread'");
    assertThatThrownBy(() -> share("lama", Map.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("\"lama\"; there are llama[:FILE.gguf]");
  }
}
