package topdraw.draw;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Optional;
import topdraw.input.InputException;
import topdraw.input.Problem;
import topdraw.json.Json;

/// What the reference policy is asked. A [Chat] goes through the model's chat template, a [Text] is
/// continued as it stands.
public sealed interface Prompt {

  /// The words a person would recognise the prompt by: the text, or the last message.
  ///
  /// @return the text, as given
  String display();

  /// Names this prompt for ever: `sha256:` and the hash of its canonical JSON. The random stream of
  /// a completion is derived from it.
  ///
  /// @return the key, 71 characters
  default String key() {
    return "sha256:" + Json.sha256(Json.canonical(this));
  }

  /// A conversation of one user message.
  ///
  /// @param text what the user says
  /// @return the prompt
  static Prompt user(String text) {
    return new Chat(List.of(new Message("user", text)));
  }

  /// Text that the model continues, with no template around it.
  ///
  /// @param text the text to continue, not empty
  record Text(String text) implements Prompt {
    /// Refuses an empty text: a model continues something.
    public Text {
      if (text.isEmpty()) {
        throw new InputException(
            Problem.MISSING, "the prompt is empty; give at least one character");
      }
    }

    @Override
    public String display() {
      return text;
    }
  }

  /// A conversation that the model answers.
  ///
  /// @param messages the turns so far, at least one
  record Chat(List<Message> messages) implements Prompt {
    /// Refuses an empty conversation, and one whose last message is empty.
    public Chat {
      messages = List.copyOf(messages);
      if (messages.isEmpty()
          || (messages.getLast().content().isEmpty() && messages.getLast().more().isEmpty())) {
        throw new InputException(
            Problem.MISSING, "the prompt is empty; give at least one character");
      }
    }

    @Override
    public String display() {
      return messages.getLast().content();
    }
  }

  /// One turn of a conversation.
  ///
  /// @param role who speaks: `system`, `user`, `assistant` or `tool`
  /// @param content what is said
  /// @param more what else the message holds, such as pictures or calls of tools, as a JSON object
  ///   of the values that stand beside the role or in place of the content; empty where it is all
  ///   text
  record Message(
      String role, String content, @JsonInclude(Include.NON_ABSENT) Optional<String> more) {
    /// A message that is all text.
    ///
    /// @param role who speaks
    /// @param content what is said
    public Message(String role, String content) {
      this(role, content, Optional.empty());
    }
  }
}
