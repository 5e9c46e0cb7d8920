package topdraw.llama.template;

/// Which values count as true.
final class Truths {
  private Truths() {}

  static boolean of(Value value) {
    return switch (value) {
      case Value.None _, Value.Undefined _ -> false;
      case Value.Truth(boolean truth) -> truth;
      case Value.Whole(long whole) -> whole != 0;
      case Value.Decimal(double decimal) -> decimal != 0;
      case Value.Text text -> !text.value().isEmpty();
      case Value.Sequence sequence -> !sequence.items().isEmpty();
      case Value.Mapping mapping -> !mapping.entries().isEmpty();
      case Value.Generator _, Value.Namespace _, Value.Special _ -> true;
    };
  }
}
