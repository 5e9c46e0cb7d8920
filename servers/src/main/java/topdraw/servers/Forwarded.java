package topdraw.servers;

import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;
import topdraw.draw.Draw;

/// One completion that a server drew for somebody's own request.
///
/// @param draw the completion, and what its log-probability is worth
/// @param choice the choice as the server gave it, every field of it
/// @param promptTokens how many tokens it says the prompt has
/// @param tokens how many it says it drew
public record Forwarded(
    Draw draw, ObjectNode choice, OptionalInt promptTokens, OptionalInt tokens) {}
