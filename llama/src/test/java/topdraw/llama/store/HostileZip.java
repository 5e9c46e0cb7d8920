package topdraw.llama.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// A zip archive that Java's own writer would not write: entries twice, links, lies about sizes.
/// Source: PKWARE, *APPNOTE.TXT*, 4.3.
final class HostileZip {
  private static final int PLAIN = 0100644;
  private static final int LINK = 0120777;

  private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private int count;

  void add(String name, byte[] content) {
    entry(name, content, content, content.length, 0, PLAIN);
  }

  /// A symbolic link, as Unix programs write it.
  void link(String name, String to) {
    byte[] content = to.getBytes(StandardCharsets.UTF_8);
    entry(name, content, content, content.length, 0, LINK);
  }

  /// Content under another size than it has.
  void lying(String name, byte[] content, long size) {
    entry(name, content, content, size, 0, PLAIN);
  }

  /// Content that is compressed.
  void packed(String name, byte[] content) {
    var deflater = new Deflater(Deflater.BEST_SPEED, true);
    deflater.setInput(content);
    deflater.finish();
    var packed = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    while (!deflater.finished()) packed.write(buffer, 0, deflater.deflate(buffer));
    deflater.end();
    entry(name, content, packed.toByteArray(), content.length, 8, PLAIN);
  }

  private void entry(String name, byte[] content, byte[] stored, long size, int method, int mode) {
    byte[] named = name.getBytes(StandardCharsets.UTF_8);
    var crc = new CRC32();
    crc.update(content);
    int at = entries.size();
    ByteBuffer sizes =
        buffer(12).putInt((int) crc.getValue()).putInt(stored.length).putInt((int) size);
    entries.writeBytes(
        buffer(30)
            .putInt(0x04034b50)
            .putShort((short) 20)
            .putShort((short) 0x800)
            .putShort((short) method)
            .putInt(0)
            .put(sizes.array())
            .putShort((short) named.length)
            .array());
    entries.writeBytes(named);
    entries.writeBytes(stored);
    directory.writeBytes(
        buffer(46)
            .putInt(0x02014b50)
            .putShort((short) 0x0314) // made on Unix, so that the mode counts
            .putShort((short) 20)
            .putShort((short) 0x800)
            .putShort((short) method)
            .putInt(0)
            .put(sizes.array())
            .putShort((short) named.length)
            .putShort((short) 0)
            .putShort((short) 0)
            .putInt(0)
            .putInt(mode << 16)
            .putInt(at)
            .array());
    directory.writeBytes(named);
    count++;
  }

  byte[] bytes() {
    var whole = new ByteArrayOutputStream();
    whole.writeBytes(entries.toByteArray());
    whole.writeBytes(directory.toByteArray());
    whole.writeBytes(
        buffer(22)
            .putInt(0x06054b50)
            .putInt(0)
            .putShort((short) count)
            .putShort((short) count)
            .putInt(directory.size())
            .putInt(entries.size())
            .array());
    return whole.toByteArray();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
