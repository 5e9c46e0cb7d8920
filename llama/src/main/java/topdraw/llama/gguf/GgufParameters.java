package topdraw.llama.gguf;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The hyper-parameters in a GGUF header: what the native code divides by, asserts, or takes for
/// the size of something. Where it would end the process, this refuses the file.
///
/// Source: `llama-model.cpp`, `llama-hparams.cpp` and the graphs of llama.cpp b4916.
///
/// @param in names the file and the place
/// @param metadata what the header says
/// @param architecture the model's family; its hyper-parameters begin with it
record GgufParameters(GgufReader in, GgufMetadata metadata, String architecture) {
  private static final int MOST_LAYERS = 512;
  private static final long MOST_WIDTH = 1 << 24;

  /// Families that answer no prompts token by token.
  private static final Set<String> NO_DECODERS =
      Set.of(
          "bert",
          "clip",
          "jina-bert-v2",
          "mamba",
          "nomic-bert",
          "rwkv6",
          "rwkv6qwen2",
          "rwkv7",
          "arwkv7",
          "t5",
          "t5encoder",
          "wavtokenizer-dec");

  /// Families whose positions are not turned into angles.
  private static final Set<String> WITHOUT_ROPE =
      Set.of("bloom", "gpt2", "jais", "mpt", "refact", "starcoder");

  /// Families that turn a part of each head only; the others' graphs assert that it is the whole.
  private static final Set<String> PARTIAL_ROPE =
      Set.of(
          "bitnet",
          "chatglm",
          "cohere2",
          "command-r",
          "deepseek2",
          "gemma",
          "gemma2",
          "gemma3",
          "gptneox",
          "minicpm3",
          "openelm",
          "phi2",
          "phi3",
          "phimoe",
          "qwen",
          "stablelm");

  /// Families whose graphs assert that there is a window.
  private static final Set<String> WINDOWED = Set.of("cohere2", "gemma2", "gemma3", "phi3");

  /// Whole numbers by the end of their key: the least and the most.
  private static final Map<String, long[]> WHOLE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("attention.key_length", range(1, 1 << 14)),
              Map.entry("attention.kv_lora_rank", range(1, 1 << 20)),
              Map.entry("attention.q_lora_rank", range(1, 1 << 20)),
              Map.entry("attention.sliding_window", range(0, Integer.MAX_VALUE)),
              Map.entry("attention.value_length", range(1, 1 << 14)),
              Map.entry("embedding_length", range(1, 1 << 20)),
              Map.entry("expert_count", range(0, 256)),
              Map.entry("expert_feed_forward_length", range(0, MOST_WIDTH)),
              Map.entry("expert_gating_func", range(0, 2)),
              Map.entry("expert_shared_count", range(0, 256)),
              Map.entry("expert_shared_feed_forward_length", range(0, MOST_WIDTH)),
              Map.entry("expert_used_count", range(0, 256)),
              Map.entry("leading_dense_block_count", range(0, MOST_LAYERS)),
              Map.entry("pooling_type", range(0, 4)),
              Map.entry("rope.dimension_count", range(0, 1 << 14)),
              Map.entry("rope.scaling.original_context_length", range(1, Integer.MAX_VALUE)),
              Map.entry("vocab_size", range(1, MOST_WIDTH))));

  /// Numbers with a fraction by the end of their key: the least and the most.
  private static final Map<String, double[]> DECIMAL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("attention.clamp_kqv", new double[] {0, 1e6}),
              Map.entry("attention.group_norm_epsilon", new double[] {1e-20, 1}),
              Map.entry("attention.layer_norm_epsilon", new double[] {1e-20, 1}),
              Map.entry("attention.layer_norm_rms_epsilon", new double[] {1e-20, 1}),
              Map.entry("attention.max_alibi_bias", new double[] {0, 1e6}),
              Map.entry("attention.scale", new double[] {0, 1e6}),
              Map.entry("attn_logit_softcapping", new double[] {0, 1e6}),
              Map.entry("embedding_scale", new double[] {-1e6, 1e6}),
              Map.entry("expert_weights_scale", new double[] {-1e6, 1e6}),
              Map.entry("final_logit_softcapping", new double[] {0, 1e6}),
              Map.entry("logit_scale", new double[] {-1e6, 1e6}),
              Map.entry("residual_scale", new double[] {-1e6, 1e6}),
              Map.entry("rope.freq_base", new double[] {1, 1e12}),
              Map.entry("rope.scale_linear", new double[] {0, 1e6}),
              Map.entry("rope.scaling.attn_factor", new double[] {0, 1e6}),
              Map.entry("rope.scaling.factor", new double[] {0, 1e6})));

  private static long[] range(long least, long most) {
    return new long[] {least, most};
  }

  private String key(String end) {
    return architecture + "." + end;
  }

  /// Checks them all.
  ///
  /// @return tokens of prompt and completion the model was made for
  /// @throws IllegalArgumentException naming the key
  long check() {
    if (NO_DECODERS.contains(architecture)) {
      throw in.refuse(
          in.position(),
          "\"general.architecture\" is \""
              + architecture
              + "\", and only decoders can be drawn from");
    }
    metadata.requireFinite();
    long layers = metadata.whole(key("block_count"), 1, MOST_LAYERS);
    metadata.whole(key("embedding_length"), 1, 1 << 20);
    WHOLE.forEach((end, range) -> metadata.optional(key(end), range[0], range[1]));
    DECIMAL.forEach((end, range) -> metadata.decimal(key(end), range[0], range[1]));
    metadata.word(key("rope.scaling.type"), Set.of("none", "linear", "yarn", "longrope"));
    metadata.perLayer(key("feed_forward_length"), (int) layers, 0, MOST_WIDTH);
    checkHeads((int) layers);
    checkExperts();
    checkVocabularySize();
    if (WINDOWED.contains(architecture)) {
      metadata.optional(key("attention.sliding_window"), 1, Integer.MAX_VALUE);
    }
    return metadata.whole(key("context_length"), 1, Integer.MAX_VALUE);
  }

  /// Numbers in a token's embedding; after [#check].
  long width() {
    return metadata.number(key("embedding_length"), 0);
  }

  /// Numbers that the cache keeps for a token, keys and values of all layers; after [#check].
  long cacheNumbers() {
    int layers = (int) metadata.number(key("block_count"), 0);
    long[] all = metadata.perLayer(key("attention.head_count"), layers, 0, 1 << 16);
    long[] shared = metadata.perLayer(key("attention.head_count_kv"), layers, 0, 1 << 16);
    long[] heads = shared.length == 0 ? all : shared;
    if (all[0] == 0) return 0; // so the native code takes it
    long head =
        keyLength(all[0]) + metadata.number(key("attention.value_length"), width() / all[0]);
    long numbers = 0;
    for (int layer = 0; layer < layers; layer++) {
      numbers += head * heads[Math.min(layer, heads.length - 1)];
    }
    return numbers;
  }

  private void checkHeads(int layers) {
    String heads = key("attention.head_count");
    String shared = key("attention.head_count_kv");
    // One family leaves the attention out of some of its layers.
    long least = architecture.equals("deci") ? 0 : 1;
    long[] all = metadata.perLayer(heads, layers, least, 1 << 16);
    long[] keys = metadata.perLayer(shared, layers, least, 1 << 16);
    if (all.length == 0) {
      throw in.refuse(in.position(), "the metadata has no number " + GgufMetadata.shown(heads));
    }
    for (int i = 0; i < Math.max(all.length, keys.length); i++) {
      long queries = all[Math.min(i, all.length - 1)];
      long of = keys.length == 0 ? queries : keys[Math.min(i, keys.length - 1)];
      if (of > 0 ? queries % of != 0 : queries > 0 && keys.length > 0 && least > 0) {
        throw in.refuse(
            metadata.place(shared),
            GgufMetadata.shown(shared)
                + " is "
                + of
                + ", which does not divide the "
                + queries
                + " heads");
      }
    }
    checkRope(keyLength(all[0]));
  }

  private long keyLength(long heads) {
    if (heads == 0) return 0;
    long width = width();
    String length = key("attention.key_length");
    if (metadata.number(length, 0) == 0 && width % heads != 0) {
      throw in.refuse(
          metadata.place(key("attention.head_count")),
          GgufMetadata.shown(key("attention.head_count"))
              + " is "
              + heads
              + ", which does not divide the embedding length of "
              + width);
    }
    return metadata.number(length, width / heads);
  }

  private void checkRope(long head) {
    if (WITHOUT_ROPE.contains(architecture) || head == 0) return;
    String key = key("rope.dimension_count");
    long turned = metadata.number(key, head);
    boolean whole = turned == head || PARTIAL_ROPE.contains(architecture);
    if (turned % 2 != 0 || turned > head || !whole) {
      throw in.refuse(
          metadata.place(key),
          GgufMetadata.shown(key) + " is " + turned + ", which does not fit heads of " + head);
    }
  }

  private void checkExperts() {
    String used = key("expert_used_count");
    long all = metadata.number(key("expert_count"), 0);
    long some = metadata.number(used, 0);
    if (some > all || (all > 0) != (some > 0)) {
      throw in.refuse(
          metadata.place(used),
          GgufMetadata.shown(used) + " is " + some + ", which does not fit " + all + " experts");
    }
  }

  private void checkVocabularySize() {
    String key = key("vocab_size");
    long tokens = metadata.tokens();
    long size = metadata.number(key, tokens);
    if (size != tokens) {
      throw in.refuse(
          metadata.place(key),
          GgufMetadata.shown(key) + " is " + size + ", but there are " + tokens + " tokens");
    }
  }
}
