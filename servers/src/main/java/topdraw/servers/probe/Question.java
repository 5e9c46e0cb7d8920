package topdraw.servers.probe;

import topdraw.draw.Prompt;
import topdraw.reference.Sampling;

/// What a probe asks for.
///
/// @param prompt the prompt
/// @param sampling how tokens are drawn
/// @param seed the seed
/// @param choices how many completions one request asks for
/// @param repeat which time it is asked, from 0
public record Question(Prompt prompt, Sampling sampling, int seed, int choices, int repeat) {
  /// How many likeliest tokens are asked for at each place.
  public static final int LIKELIEST = 5;

  /// The first of the seeds in a row.
  static final int SEED = 7;

  private static final Prompt COLOUR = Prompt.user("Name one colour. Answer with one word.");
  private static final Prompt SENTENCE =
      Prompt.user("Write one surprising sentence about anything.");
  private static final Prompt CHARACTERS = Prompt.user("Repeat exactly: 🦄🦙🐉 日本語 žluťoučký");
  private static final int WHOLE_TOKENS = 48;
  private static final int SENTENCE_TOKENS = 24;
  private static final int CHARACTER_TOKENS = 40;

  /// One token.
  static Question firstToken(double temperature, double topP) {
    return new Question(COLOUR, new Sampling(temperature, 0, topP, 0, 1), SEED, 1, 0);
  }

  /// A short answer with its end.
  static Question answer(int seed) {
    return new Question(COLOUR, Sampling.plain(WHOLE_TOKENS), seed, 1, 0);
  }

  /// Several answers at once.
  Question choices(int many) {
    return new Question(prompt, sampling, seed, many, repeat);
  }

  /// The same as another prompt.
  ///
  /// @param other the prompt
  /// @return the question
  public Question to(Prompt other) {
    return new Question(other, sampling, seed, choices, repeat);
  }

  /// The same once more.
  Question again() {
    return new Question(prompt, sampling, seed, choices, repeat + 1);
  }

  /// A sentence that is hardly drawn twice.
  static Question sentence(int seed) {
    return new Question(SENTENCE, Sampling.plain(SENTENCE_TOKENS), seed, 1, 0);
  }

  /// Characters of several tokens.
  static Question characters() {
    return new Question(CHARACTERS, Sampling.plain(CHARACTER_TOKENS), SEED, 1, 0);
  }
}
