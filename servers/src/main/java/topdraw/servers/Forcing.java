package topdraw.servers;

import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import topdraw.draw.Prompt;
import topdraw.json.Json;
import topdraw.servers.http.ServerException;

/// A model on a server that is given a completion's tokens and says how likely it finds each.
sealed interface Forcing permits LlamaForcing, VllmForcing {

  /// The tokens that a prompt becomes where it is drawn from, what the chat template and the
  /// tokenizer put around it included.
  ///
  /// @throws ServerException if the server does not answer
  int[] prompt(Prompt prompt);

  /// The tokens of a text that stands within others.
  ///
  /// @throws ServerException if the server does not answer
  int[] text(String text);

  /// The text of tokens.
  ///
  /// @throws ServerException if the server does not answer
  String spelled(int[] ids);

  /// The model's own log-probability of each token, at temperature 1, given the prompt and those
  /// before it.
  ///
  /// @param prompt the prompt's tokens
  /// @param completion the tokens whose terms are wanted
  /// @return nats each, in their order; NaN where the server gives none
  /// @throws ServerException if the server does not answer
  double[] terms(int[] prompt, int[] completion);

  /// A list of ids as it is read from an answer.
  ///
  /// @return the ids; none where it is no such list
  static int[] ids(JsonNode list) {
    return list.isArray() && list.valueStream().allMatch(JsonNode::isInt)
        ? list.valueStream().mapToInt(JsonNode::intValue).toArray()
        : new int[0];
  }

  /// A list of ids as it is sent.
  static ArrayNode ids(int[] ids) {
    ArrayNode list = Json.mapper().createArrayNode();
    Arrays.stream(ids).forEach(list::add);
    return list;
  }
}
