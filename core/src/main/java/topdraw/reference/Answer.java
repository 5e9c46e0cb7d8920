package topdraw.reference;

import topdraw.draw.Draw;

/// What a reference policy answers to one request for a draw.
public sealed interface Answer {

  /// A completion.
  ///
  /// @param draw what was drawn; its index is that of the request
  record Drawn(Draw draw) implements Answer {}

  /// No completion this time, for a reason that lies in the drawing: a server that does not answer,
  /// an answer that broke off.
  ///
  /// @param reason why, in one line
  /// @param retry whether the same request may be answered another time
  record Failed(String reason, boolean retry) implements Answer {}

  /// No completion ever, for a reason that lies in the prompt: it does not fit the model, or the
  /// recording has no more.
  ///
  /// @param reason why, in one line
  record Refused(String reason) implements Answer {}
}
