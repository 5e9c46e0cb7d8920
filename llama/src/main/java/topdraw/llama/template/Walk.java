package topdraw.llama.template;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Walking through values, and counting what is in them.
final class Walk {
  private Walk() {}

  static boolean possible(Value value) {
    return switch (value) {
      case Value.Text _, Value.Sequence _, Value.Mapping _, Value.Generator _, Value.Undefined _ ->
          true;
      default -> false;
    };
  }

  /// The items of a sequence, the keys of a map, the characters of a text; nothing of what is not
  /// there.
  ///
  /// @throws TemplateException if there is no walking through it
  static Iterator<Value> through(Value value, Budget budget) {
    return switch (value) {
      case Value.Text text -> characters(text, budget).iterator();
      case Value.Sequence sequence -> sequence.items().iterator();
      case Value.Mapping mapping -> mapping.entries().keySet().iterator();
      case Value.Generator generator -> generator.items();
      case Value.Undefined _ -> List.<Value>of().iterator();
      default -> throw new TemplateException("there is no walking through " + Shown.type(value));
    };
  }

  static List<Value> list(Value value, Budget budget) {
    List<Value> items = new ArrayList<>();
    for (Iterator<Value> walk = through(value, budget); walk.hasNext(); ) {
      budget.step();
      items.add(walk.next());
    }
    return items;
  }

  /// Python's `len`.
  static int length(Value value, Budget budget) {
    return switch (value) {
      case Value.Text text -> {
        budget.read(text.value().length());
        yield Characters.length(text.value());
      }
      case Value.Sequence sequence -> sequence.items().size();
      case Value.Mapping mapping -> mapping.entries().size();
      case Value.Undefined _ -> 0;
      default -> throw new TemplateException(Shown.type(value) + " has no length");
    };
  }

  private static List<Value> characters(Value.Text text, Budget budget) {
    budget.steps(text.value().length());
    return text.value()
        .codePoints()
        .<Value>mapToObj(c -> new Value.Text(Character.toString(c)))
        .toList();
  }
}
