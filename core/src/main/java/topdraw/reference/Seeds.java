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
  /// @param promptKey the prompt's key ([topdraw.draw.Prompt#key])
  /// @param index the completion's index, from 0
  /// @return a fresh generator at the start of its stream
  public static RandomGenerator stream(long runSeed, String promptKey, int index) {
    return stream(promptKey, purpose(0, runSeed).putInt(index));
  }

  /// The random stream of one block of a completion that is drawn block by block. That of the first
  /// block is the stream of the completion of this index.
  ///
  /// @param runSeed the run's seed
  /// @param promptKey the prompt's key ([topdraw.draw.Prompt#key])
  /// @param block which block, from 0
  /// @param index the candidate's index, from 0
  /// @return a fresh generator at the start of its stream
  public static RandomGenerator block(long runSeed, String promptKey, int block, int index) {
    return block == 0
        ? stream(runSeed, promptKey, index)
        : stream(promptKey, purpose(2, runSeed).putInt(index).putInt(block));
  }

  /// The random stream of the choices that a selection makes itself, apart from the streams of all
  /// completions: how many to draw, which of them to return.
  ///
  /// @param runSeed the run's seed
  /// @param promptKey the prompt's key ([topdraw.draw.Prompt#key])
  /// @param first index of the round's first completion
  /// @return a fresh generator at the start of its stream
  public static RandomGenerator choices(long runSeed, String promptKey, int first) {
    return stream(promptKey, purpose(1, runSeed).putInt(first));
  }

  private static ByteBuffer purpose(int purpose, long runSeed) {
    return ByteBuffer.allocate(17).put((byte) purpose).putLong(runSeed);
  }

  private static RandomGenerator stream(String promptKey, ByteBuffer which) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(promptKey.getBytes(StandardCharsets.UTF_8));
      sha.update(which.flip());
      return STREAMS.create(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
