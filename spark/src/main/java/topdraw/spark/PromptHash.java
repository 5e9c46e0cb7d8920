package topdraw.spark;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What tells prompts apart on the way: the first 128 bits of a SHA-256. Two of 10^12 prompts have
/// one with a chance below 10^-14.
///
/// @param high the first 64
/// @param low the others
record PromptHash(long high, long low) implements Serializable {
  /// The hash of some texts.
  static PromptHash of(String... texts) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
      digest.update(bytes);
    }
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new PromptHash(hash.getLong(), hash.getLong());
  }
}
