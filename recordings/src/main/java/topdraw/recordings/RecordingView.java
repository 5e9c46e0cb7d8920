package topdraw.recordings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiPredicate;

/// A recording whose draws are seen with something added; all else is that of the recording behind
/// it, which stays its owner's to close.
abstract class RecordingView implements Recording {
  final Recording recording;

  RecordingView(Recording recording) {
    this.recording = recording;
  }

  @Override
  public List<String> rewards() {
    return recording.rewards();
  }

  @Override
  public String name() {
    return recording.name();
  }

  @Override
  public OptionalInt n() {
    return recording.n();
  }

  @Override
  public List<String> columns() {
    return recording.columns();
  }

  @Override
  public List<String> mappings() {
    return recording.mappings();
  }

  @Override
  public List<String> unused() {
    return recording.unused();
  }

  @Override
  public BadRows bad() {
    return recording.bad();
  }

  @Override
  public long missing() {
    return recording.missing();
  }

  @Override
  public long missing(BiPredicate<String, String> chosen) {
    return recording.missing(chosen);
  }

  @Override
  public long notBegun() {
    return recording.notBegun();
  }

  @Override
  public List<Path> files() throws IOException {
    return recording.files();
  }

  @Override
  public Map<String, String> provenance() {
    return recording.provenance();
  }

  /// Nothing of its own.
  @Override
  public void close() {}
}
