package topdraw.servers;

import topdraw.draw.Prompt;

/// Over which of its routes a server is drawn from. What it takes and tells over one says nothing
/// of the other, so the one that will be drawn from is the one that probes ask.
public enum Route {
  /// Conversations, through the server's own chat template.
  CHAT,
  /// Texts, continued as they stand.
  TEXT;

  /// The route of a prompt.
  ///
  /// @param prompt what is asked
  /// @return how it is asked
  public static Route of(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Chat chat -> CHAT;
      case Prompt.Text text -> TEXT;
    };
  }

  /// An instruction as it stands.
  Prompt plain(String instruction) {
    return switch (this) {
      case CHAT -> Prompt.user(instruction);
      case TEXT -> new Prompt.Text(instruction);
    };
  }
}
