package topdraw.llama.template;

/// The keys of maps: texts and whole numbers.
final class Keys {
  private Keys() {}

  /// The key that finds what `value` finds in Python, where `1`, `1.0` and `true` are one key and a
  /// text marked as HTML is the text.
  ///
  /// @throws TemplateException if it cannot be one
  static Value of(Value value) {
    return switch (value) {
      case Value.Text text -> text.safe() ? new Value.Text(text.value()) : text;
      case Value.Whole whole -> whole;
      case Value.Truth(boolean truth) -> new Value.Whole(truth ? 1 : 0);
      case Value.Decimal(double decimal) when decimal == (long) decimal ->
          new Value.Whole((long) decimal);
      // No key is one of these, so that nothing is found.
      case Value.None _, Value.Decimal _, Value.Undefined _, Value.Special _ -> value;
      default -> throw new TemplateException(Shown.type(value) + " cannot be a key");
    };
  }

  /// The key under which a template stores something.
  static Value stored(Value value) {
    return switch (value) {
      case Value.Text _, Value.Whole _ -> of(value);
      default ->
          throw new TemplateException(
              "a map with " + Shown.type(value) + " as key is not understood");
    };
  }
}
