package topdraw.llama.template;

/// A piece of a template's source.
///
/// @param kind what it is
/// @param text the source, the string without its quotes and escapes, or the operator
/// @param line where it begins, counted from 1
record Token(Kind kind, String text, int line) {
  enum Kind {
    DATA,
    PRINT_BEGIN,
    PRINT_END,
    TAG_BEGIN,
    TAG_END,
    NAME,
    STRING,
    WHOLE,
    DECIMAL,
    OPERATOR,
    END
  }

  boolean is(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  boolean named(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  String shown() {
    return switch (kind) {
      case DATA -> "text";
      case PRINT_BEGIN -> "{{";
      case PRINT_END -> "}}";
      case TAG_BEGIN -> "{%";
      case TAG_END -> "%}";
      case END -> "the end of the template";
      default -> Shown.name(text);
    };
  }
}
