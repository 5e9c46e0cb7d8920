package topdraw.llama.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import topdraw.provider.DownloadProgress;

/// Remembers what a download told.
final class Heard implements DownloadProgress {
  final List<String> notes = new CopyOnWriteArrayList<>();
  final List<Long> bytes = new CopyOnWriteArrayList<>();

  @Override
  public void bytes(long done, long total) {
    bytes.add(done);
  }

  @Override
  public void note(String line) {
    notes.add(line);
  }
}
