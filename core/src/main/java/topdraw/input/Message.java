package topdraw.input;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// One line for a person: what was wrong, where, and the way out. Parameters stand in it as such,
/// so that every front end calls them by its own names.
public final class Message implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /// Texts and parameters by turns; a text first and last.
  private final String[] texts;

  private final Parameter[] parameters;

  private Message(String[] texts, Parameter[] parameters) {
    this.texts = texts;
    this.parameters = parameters;
  }

  /// Puts a message together.
  ///
  /// @param parts in order: a [Parameter] stands for itself, a message for its parts, anything else
  ///   for its text
  /// @return the message
  public static Message of(Object... parts) {
    List<String> texts = new ArrayList<>();
    List<Parameter> parameters = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      switch (part) {
        case Parameter parameter -> {
          texts.add(text.toString());
          text.setLength(0);
          parameters.add(parameter);
        }
        case Message inner -> {
          for (int i = 0; i < inner.parameters.length; i++) {
            texts.add(text.append(inner.texts[i]).toString());
            text.setLength(0);
            parameters.add(inner.parameters[i]);
          }
          text.append(inner.texts[inner.parameters.length]);
        }
        case null, default -> text.append(part);
      }
    }
    texts.add(text.toString());
    return new Message(texts.toArray(String[]::new), parameters.toArray(Parameter[]::new));
  }

  /// The parameters that it names.
  ///
  /// @return in their order, each as often as it is named
  public List<Parameter> parameters() {
    return List.of(parameters);
  }

  /// The line.
  ///
  /// @param name what a parameter is called
  /// @return the message in these names
  public String in(Function<Parameter, String> name) {
    StringBuilder line = new StringBuilder(texts[0]);
    for (int i = 0; i < parameters.length; i++) {
      line.append(name.apply(parameters[i])).append(texts[i + 1]);
    }
    return line.toString();
  }

  /// The line, with every parameter called by its word.
  @Override
  public String toString() {
    return in(Parameter::word);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Message message
        && Arrays.equals(texts, message.texts)
        && Arrays.equals(parameters, message.parameters);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(texts) + Arrays.hashCode(parameters);
  }
}
