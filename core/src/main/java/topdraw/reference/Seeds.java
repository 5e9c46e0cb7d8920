package topdraw.reference;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Random streams that never meet: one per completion, fixed by the run's seed, the prompt and the
/// completion's index, so a completion does not depend on how many others are drawn, nor in which
/// order.
public final class Seeds {
  private static final RandomGeneratorFactory<RandomGenerator> STREAMS =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private Seeds() {}

  /// The random stream of one completion: L64X128MixRandom (Steele and Vigna, 2021) started from
  /// SHA-256 of seed, prompt key and index.
  ///
  /// @param runSeed the run's seed
  /// @param promptKey the prompt's key ([Prompt#key])
  /// @param index the completion's index, from 0
  /// @return a fresh generator at the start of its stream
  public static RandomGenerator stream(long runSeed, String promptKey, int index) {
    return stream(runSeed, promptKey, (byte) 0, index);
  }

  /// The random stream of the choices that a selection makes itself, apart from the streams of all
  /// completions: how many to draw, which of them to return.
  ///
  /// @param runSeed the run's seed
  /// @param promptKey the prompt's key ([Prompt#key])
  /// @param first index of the round's first completion
  /// @return a fresh generator at the start of its stream
  public static RandomGenerator choices(long runSeed, String promptKey, int first) {
    return stream(runSeed, promptKey, (byte) 1, first);
  }

  private static RandomGenerator stream(long runSeed, String promptKey, byte purpose, int index) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(promptKey.getBytes(StandardCharsets.UTF_8));
      sha.update(ByteBuffer.allocate(13).put(purpose).putLong(runSeed).putInt(index).array());
      return STREAMS.create(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
