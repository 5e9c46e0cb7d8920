package topdraw.llama.template;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The arguments of one call, by the names of a function's parameters, bound as Python binds them.
final class Parameters {
  private final String function;
  private final Map<String, Value> given;

  private Parameters(String function, Map<String, Value> given) {
    this.function = function;
    this.given = given;
  }

  /// Binds arguments to parameters.
  ///
  /// @param function how to speak of the function
  /// @param names its parameters, in order
  /// @throws TemplateException if there are too many, or one has no parameter or is given twice
  static Parameters of(String function, Value.Arguments arguments, String... names) {
    List<Value> positional = arguments.positional();
    if (positional.size() > names.length) {
      throw new TemplateException(
          function + " takes " + names.length + " arguments, was given " + positional.size());
    }
    Map<String, Value> given = new HashMap<>();
    for (int i = 0; i < positional.size(); i++) given.put(names[i], positional.get(i));
    arguments
        .named()
        .forEach(
            (name, value) -> {
              if (!Arrays.asList(names).contains(name)) {
                throw new TemplateException(
                    function + " takes no argument " + Shown.name(name) + " here");
              }
              if (given.put(name, value) != null) {
                throw new TemplateException(function + " is given " + name + " twice");
              }
            });
    return new Parameters(function, given);
  }

  Optional<Value> value(String name) {
    return Optional.ofNullable(given.get(name));
  }

  Value required(String name) {
    return value(name)
        .orElseThrow(() -> new TemplateException(function + " needs the argument " + name));
  }

  /// The argument unless it is missing or none.
  Optional<Value> some(String name) {
    return value(name).filter(value -> !(value instanceof Value.None));
  }

  String text(String name) {
    return text(name, required(name));
  }

  Optional<String> someText(String name) {
    return some(name).map(value -> text(name, value));
  }

  long whole(String name, long otherwise) {
    return value(name).map(value -> whole(name, value)).orElse(otherwise);
  }

  long whole(String name) {
    return whole(name, required(name));
  }

  boolean truth(String name, boolean otherwise) {
    return value(name).map(Truths::of).orElse(otherwise);
  }

  private String text(String name, Value value) {
    if (value instanceof Value.Text text) return text.value();
    throw new TemplateException(
        function + " needs text as " + name + ", was given " + Shown.type(value));
  }

  private long whole(String name, Value value) {
    return switch (value) {
      case Value.Whole(long whole) -> whole;
      case Value.Truth(boolean truth) -> truth ? 1 : 0;
      default ->
          throw new TemplateException(
              function + " needs a whole number as " + name + ", was given " + Shown.type(value));
    };
  }
}
