package topdraw.llama.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import topdraw.llama.file.ModelFile;
import topdraw.llama.store.EngineStore;
import topdraw.llama.store.ModelStore;
import topdraw.provider.DownloadProgress;

/// What all builds have in common: how they read the real model's words, and that nothing which
/// llama.cpp ends the process for reaches it.
class EngineBuildTest {
  private static LlamaModel load(EngineBuild build) {
    assumeTrue(
        EngineStore.inUserCache(System.getenv()).has(build),
        () -> "the engine " + build.label() + " is not installed; ./check --install brings it");
    ModelFile file = ModelStore.inUserCache(System.getenv()).defaultModel(DownloadProgress.SILENT);
    return LlamaModel.load(file, build);
  }

  @ParameterizedTest
  @EnumSource(EngineBuild.class)
  void wordsAndTemplateAreReadAlike(EngineBuild build) {
    List<String> texts =
        List.of(
            "The capital of France is",
            "<|im_start|>user\nSay OK.<|im_end|>\n<|im_start|>assistant\n",
            "  two  spaces\n\n\ttab 12345 don't naïve 你好 🙂\u0000end",
            "");
    try (LlamaModel usual = load(EngineBuild.DEFAULT);
        LlamaModel model = load(build)) {
      assertThat(model.vocabularySize()).isEqualTo(usual.vocabularySize());
      assertThat(model.trainedContext()).isEqualTo(usual.trainedContext());
      assertThat(model.chatTemplate()).isEqualTo(usual.chatTemplate());
      assertThat(model.begin()).isEqualTo(usual.begin());
      assertThat(model.end()).isEqualTo(usual.end());
      for (String text : texts) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(model.tokenize(bytes, true)).as(text).isEqualTo(usual.tokenize(bytes, true));
      }
      assertThat(IntStream.range(0, usual.vocabularySize()))
          .allMatch(token -> Arrays.equals(model.bytes(token), usual.bytes(token)));
      // The newer build takes <reponame> for an end too.
      assertThat(IntStream.range(0, usual.vocabularySize()).filter(model::isEnd))
          .containsExactlyElementsOf(
              build == EngineBuild.V0_5_0 ? List.of(0, 2, 4) : List.of(0, 2));
    }
  }

  @ParameterizedTest
  @EnumSource(EngineBuild.class)
  void whatWouldEndTheProcessIsRefusedBefore(EngineBuild build) {
    try (LlamaModel model = load(build);
        LlamaContext context = LlamaContext.open(model, 300, 2, 1)) {
      refuses("token", () -> context.add(model.vocabularySize(), 0, 0, true));
      refuses("token", () -> context.add(-1, 0, 0, true));
      refuses("slot", () -> context.add(1, 0, 2, true));
      refuses("position", () -> context.add(1, context.cells(), 0, true));
      refuses("batch size", context::decode);
      for (int i = 0; i < LlamaContext.BATCH; i++) context.add(1, i, 0, false);
      refuses("batch row", () -> context.add(1, LlamaContext.BATCH, 0, false));
      context.decode();
      for (int i = 0; context.batched() <= context.room(); i++) {
        context.add(1, i, 1, false);
        boolean fits = context.batched() <= context.room();
        if (fits && context.batched() == LlamaContext.BATCH) context.decode();
      }
      refuses("cells used", context::decode);
      refuses("cells", () -> LlamaContext.open(model, LlamaContext.MOST_CELLS + 1, 1, 1));
      refuses("cells", () -> LlamaContext.open(model, Integer.MAX_VALUE, 1, 1));
      refuses("threads", () -> LlamaContext.open(model, 1, 1, 0));
    }
  }

  private static void refuses(String what, Runnable call) {
    assertThatIllegalArgumentException()
        .isThrownBy(call::run)
        .withMessageStartingWith(what + " out of range: ");
  }

  /// The last cell is taken, also by a single row.
  @ParameterizedTest
  @EnumSource(EngineBuild.class)
  void everyCellThatIsPromisedIsThere(EngineBuild build) {
    try (LlamaModel model = load(build);
        LlamaContext context = LlamaContext.open(model, 256, 1, 1)) {
      int cells = context.cells();
      for (int i = 0; i < cells; i++) {
        context.add(1, i, 0, false);
        if (context.batched() == LlamaContext.BATCH || i >= cells - 2) context.decode();
      }
      assertThat(context.room()).isZero();
    }
  }

  @Test
  void aBuildIsAskedForByItsName() {
    assertThat(EngineBuild.of("b4916")).isEqualTo(EngineBuild.DEFAULT);
    assertThat(EngineBuild.of("v0.5.0")).isEqualTo(EngineBuild.V0_5_0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EngineBuild.of("V0.5.0"))
        .withMessageStartingWith("engine \"V0.5.0\": ");
  }
}
