package topdraw.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import topdraw.llama.engine.EngineBuild;

/// Starts the sides of the sampling benchmark, and ends them. A peer that is not installed is left
/// out and told of.
final class SamplingSides implements AutoCloseable {
  private final SamplingWork work;
  private final Consumer<String> told;
  private final List<SamplingSide> ours = new ArrayList<>();
  private final List<SamplingSide> peers = new ArrayList<>();

  /// @param work what all draw
  /// @param told is told in a line who is left out
  SamplingSides(SamplingWork work, Consumer<String> told) {
    this.work = work;
    this.told = told;
  }

  /// Those of ours.
  List<SamplingSide> ours() {
    return List.copyOf(ours);
  }

  /// The others.
  List<SamplingSide> peers() {
    return List.copyOf(peers);
  }

  /// Adds the embedded engine, with the loop that [topdraw.llama.LlamaPolicy] draws with.
  ///
  /// @param build of llama.cpp
  /// @param engine the same, which has the model; ends with this
  void add(EngineBuild build, EngineBench engine) {
    ours.add(
        new SamplingSide(
            "topdraw, llama.cpp " + build.label(),
            "embedded; keeps the log-probability of every token",
            () -> engine.draw(work.n(), work.tokens()).seconds(),
            engine::close));
  }

  /// Adds llama.cpp's own benchmark.
  ///
  /// @param benches the programs, as many as there are
  void add(List<BatchedBench> benches) {
    if (benches.isEmpty()) leaveOut(SamplingPeer.BATCHED_BENCH, "there is no llama-batched-bench");
    for (BatchedBench bench : benches) {
      peers.add(
          new SamplingSide(
              bench.build(),
              SamplingPeer.BATCHED_BENCH.way(),
              // The first token needs no step: the prompt's logits give it.
              () ->
                  bench
                      .run(
                          work.model().path(),
                          work.threads(),
                          work.prompt().size(),
                          work.tokens() - 1,
                          work.n())
                      .seconds(),
              () -> {}));
    }
  }

  /// Adds a peer in Python.
  ///
  /// @param peer which
  /// @param python the interpreter
  /// @throws IOException if there is no such interpreter, or the script fails
  void add(SamplingPeer peer, String script, String python) throws IOException {
    PythonPeer process =
        PythonPeer.start(
            python,
            script,
            work.model().path(),
            work.prompt().stream().map(String::valueOf).collect(Collectors.joining(",")),
            work.n(),
            work.tokens(),
            work.threads(),
            peer);
    if (process.missing()) {
      process.close();
      leaveOut(peer, python + " lacks it (" + process.name() + ")");
      return;
    }
    peers.add(new SamplingSide(process.name(), peer.way(), () -> seconds(process), process::close));
  }

  private double seconds(PythonPeer process) throws IOException {
    double[] answer = process.ask(); // seconds, tokens
    if (answer[1] != work.drawn()) {
      throw new IOException(
          String.format(
              Locale.ROOT, "%s drew %.0f tokens, not %d", process.name(), answer[1], work.drawn()));
    }
    return answer[0];
  }

  private void leaveOut(SamplingPeer peer, String why) {
    told.accept(peer + " is left out: " + why + "; tools/peers.sh installs it");
  }

  @Override
  public void close() throws IOException {
    SamplingSide.closeAll(Stream.concat(ours.stream(), peers.stream()).iterator());
  }
}
