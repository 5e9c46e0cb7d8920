package topdraw.servers.probe;

import java.util.OptionalInt;

/// How many tokens a prompt became under the server's chat template, or without one.
///
/// @param templates whether the route asked puts a chat template around prompts
/// @param tokens how many the server says it has
/// @param expected how many it has by another way; empty where there is none
public record Template(boolean templates, OptionalInt tokens, OptionalInt expected) {
  /// Whether the template is the one expected, as far as the number of tokens tells.
  ///
  /// @return unknown where there is nothing to compare
  public Heeded fits() {
    return tokens.isPresent() && expected.isPresent()
        ? Heeded.of(tokens.getAsInt() == expected.getAsInt())
        : Heeded.UNKNOWN;
  }

  String sentence() {
    if (tokens.isEmpty()) return "it does not say how many tokens a prompt has";
    String has = "the prompt \"Name one colour. …\" has %d tokens".formatted(tokens.getAsInt());
    return switch (fits()) {
      case YES -> has + " there, as many as expected";
      case NO ->
          has
              + " there, not %d: %s, so another policy"
                  .formatted(
                      expected.orElseThrow(),
                      templates ? "another chat template" : "something is put around it");
      case UNKNOWN ->
          templates
              ? has + " there; the chat template is the server's own"
              : has + " there; whether something is put around it is not known";
    };
  }
}
