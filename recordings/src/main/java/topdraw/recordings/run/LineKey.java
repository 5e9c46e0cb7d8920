package topdraw.recordings.run;

import tools.jackson.databind.JsonNode;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// Which draw a line is.
record LineKey(String promptId, int i) {
  /// Since lines have one order, a line that is there twice stands where another should.
  void check(String run, JsonNode line) {
    if (line.path("v").asInt(0) != 1) {
      throw new InputException(Problem.MALFORMED, "layout \"v\" is 1 here, was " + line.path("v"));
    }
    if (!line.path("run").asString("").equals(run)) {
      throw new InputException(
          Problem.CONFLICT, "a line of another run, " + line.path("run") + "; this is run " + run);
    }
    LineKey found = new LineKey(line.path("prompt_id").asString(""), line.path("i").asInt(-1));
    if (!found.equals(this)) {
      throw new InputException(
          Problem.MALFORMED,
          "a line is missing, doubled or out of place: completion "
              + found.i
              + " of prompt "
              + found.promptId
              + " where completion "
              + i
              + " of "
              + promptId
              + " should be");
    }
  }
}
