package topdraw.recordings.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;
import topdraw.draw.Draw;
import topdraw.draw.Origin;
import topdraw.json.Json;
import topdraw.recordings.row.DrawLine;

/// One draw as JSON, in the fields of a line of a run: all that a run keeps of it. So a draw that
/// comes from another machine is recorded with the bytes that it would have had there. A sum that
/// is no number of JSON, which a run keeps as null beside what it is worth, is a word here.
public final class DrawJson {
  private DrawJson() {}

  @JsonInclude(Include.NON_NULL)
  private record Fields(
      int i,
      SampleLine.Text completion,
      SampleLine.@Nullable LogP logprob,
      SampleLine.@Nullable Usage usage,
      SampleLine.@Nullable From origin) {}

  /// A draw in words; its scores are left out.
  ///
  /// @param draw the draw
  /// @return a line of JSON
  public static String of(Draw draw) {
    SampleLine.LogP logP = SampleLine.LogP.of(draw);
    return Json.line(
        new Fields(
            draw.index(),
            SampleLine.Text.of(draw),
            logP == null ? null : logP.with(draw.logProbability().recorded().orElseThrow()),
            logP == null ? SampleLine.Usage.of(draw) : null,
            SampleLine.From.of(draw.origin())));
  }

  /// The draw that such words are of.
  ///
  /// @param json the words
  /// @return the draw, as it is when it has just been drawn
  public static Draw read(String json) {
    return DrawLine.draw(Json.read(json), Origin.JUST_DRAWN.place());
  }
}
