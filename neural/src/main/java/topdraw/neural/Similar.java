package topdraw.neural;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.reward.Reward;
import topdraw.reward.RewardIdentity;

/// The cosine of the angle between the sentence vectors of a completion and a text, in `[-1, 1]`;
/// an empty completion has no meaning and no score.
///
/// The model reads at most 510 word pieces at once: of longer texts the vectors of the pieces are
/// averaged, by length. Its scores order paraphrases well and facts badly: "Paris" and "London" are
/// alike to it.
final class Similar implements Reward {
  static final String MODEL = "all-MiniLM-L6-v2, quantised, langchain4j 1.20.0-beta30";

  /// Kept, so that its level stays: the model's libraries tell of their platform at each start.
  private static final Logger LIBRARY = Logger.getLogger("ai.djl");

  static {
    LIBRARY.setLevel(Level.WARNING);
  }

  private final String text;
  private final AllMiniLmL6V2QuantizedEmbeddingModel model;
  private final float[] target;

  /// @throws IllegalArgumentException if the text has nothing that the model reads
  Similar(String text) {
    this.text = text;
    model = new AllMiniLmL6V2QuantizedEmbeddingModel();
    target = model.embed(text).content().vector();
  }

  @Override
  public String name() {
    return "similar:" + text;
  }

  @Override
  public RewardIdentity identity() {
    return RewardIdentity.of(name(), MODEL, Map.of("text", text, "model", MODEL));
  }

  @Override
  public boolean scoresPrefixes() {
    return true;
  }

  @Override
  public List<Score> score(PromptDraws prompt) {
    return prompt.draws().stream()
        .map(
            draw ->
                draw.text()
                    .map(this::score)
                    .orElse(new Score.Missing("the completion's text is not recorded")))
        .toList();
  }

  private Score score(String completion) {
    if (completion.isBlank()) {
      return new Score.Missing("the completion is empty");
    }
    try {
      return Score.of(cosine(target, model.embed(completion).content().vector()));
    } catch (IllegalArgumentException e) {
      // The library's word for a text without a word piece, as one of control characters.
      return new Score.Missing("the completion has nothing that the model reads");
    }
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return Math.clamp(dot / Math.sqrt(aa * bb), -1, 1);
  }
}
