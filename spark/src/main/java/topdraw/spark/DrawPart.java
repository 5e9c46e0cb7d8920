package topdraw.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import topdraw.json.Json;
import topdraw.recordings.row.DrawLine;
import topdraw.recordings.run.DrawJson;
import topdraw.reference.Answer;
import topdraw.reference.ReferencePolicy;
import topdraw.reference.Request;

/// What one task draws.
///
/// @param recipe how it opens the policy
/// @param asked the requests, in words
record DrawPart(PolicyRecipe recipe, ArrayList<Asked> asked) implements Serializable {

  /// A request in words.
  ///
  /// @param prompt a line of JSON with a prompt
  /// @param index which completion of it
  record Asked(String prompt, int index) implements Serializable {
    static Asked of(Request request) {
      return new Asked(Json.line(Map.of("prompt", request.prompt())), request.index());
    }

    Request request() {
      return new Request(DrawLine.prompt(Json.read(prompt)), index);
    }
  }

  /// An answer in words.
  ///
  /// @param place which of the requests it answers
  /// @param draw the draw; null where there is none
  /// @param reason why there is none
  /// @param refused whether there never will be one
  /// @param retry whether it may come another time
  record Told(int place, @Nullable String draw, String reason, boolean refused, boolean retry)
      implements Serializable {
    static Told of(int place, Answer answer) {
      return switch (answer) {
        case Answer.Drawn drawn -> new Told(place, DrawJson.of(drawn.draw()), "", false, false);
        case Answer.Failed(String reason, boolean retry) ->
            new Told(place, null, reason, false, retry);
        case Answer.Refused(String reason) -> new Told(place, null, reason, true, false);
      };
    }

    Answer answer() {
      if (draw != null) {
        return new Answer.Drawn(DrawJson.read(draw));
      }
      return refused ? new Answer.Refused(reason) : new Answer.Failed(reason, retry);
    }
  }

  static DrawPart of(PolicyRecipe recipe, List<Request> requests) {
    ArrayList<Asked> asked = new ArrayList<>();
    requests.forEach(request -> asked.add(Asked.of(request)));
    return new DrawPart(recipe, asked);
  }

  /// Draws all of it, on an executor.
  ///
  /// @return the answers in the order in which they came
  List<Told> draw() throws IOException {
    Map<Request, Integer> places = new HashMap<>();
    List<Request> requests = new ArrayList<>();
    for (Asked one : asked) {
      Request request = one.request();
      places.put(request, requests.size());
      requests.add(request);
    }
    List<Told> told = new ArrayList<>();
    ReferencePolicy policy = recipe.take();
    try {
      policy.drawAll(
          requests.iterator(),
          (request, answer) -> told.add(Told.of(places.getOrDefault(request, -1), answer)));
    } catch (RuntimeException | Error e) {
      policy.close();
      throw e;
    }
    recipe.giveBack(policy);
    return told;
  }
}
