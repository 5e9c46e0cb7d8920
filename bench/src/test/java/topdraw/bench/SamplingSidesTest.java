package topdraw.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import topdraw.llama.file.ModelFile;

class SamplingSidesTest {
  private static final SamplingWork WORK =
      new SamplingWork(new ModelFile("", Path.of("none.gguf"), "", ""), List.of(7, 8), 3, 4, 2);

  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();

  /// The real scripts, in a Python that sees no installed package.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BATCHED_BENCH")
  void whoIsNotInstalledIsLeftOutWithTheWayToGetThem(SamplingPeer peer) throws IOException {
    try (SamplingSides sides = new SamplingSides(WORK, told::add)) {
      sides.add(peer, script(peer), python("exec python3 -I -S \"$@\""));
      assertThat(sides.peers()).isEmpty();
    }
    assertThat(told).hasSize(1);
    assertThat(told.getFirst())
        .startsWith(peer + " is left out: ")
        .contains("(missing ")
        .endsWith("tools/peers.sh installs it");
  }

  @Test
  void withoutABatchedBenchItIsLeftOut() throws IOException {
    try (SamplingSides sides = new SamplingSides(WORK, told::add)) {
      sides.add(List.of());
      assertThat(sides.peers()).isEmpty();
    }
    assertThat(told)
        .containsExactly(
            "batched-bench is left out: there is no llama-batched-bench; tools/peers.sh installs"
                + " it");
  }

  @Test
  void aPeerIsGivenTheWorkAndTimesItself() throws IOException {
    String body = "shift 2; echo \"got $*\"; while read -r _; do echo 1.5 12; done";
    try (SamplingSides sides = new SamplingSides(WORK, told::add)) {
      sides.add(SamplingPeer.SERVER, script(SamplingPeer.SERVER), python(body));
      SamplingSide side = sides.peers().getFirst();
      assertThat(side.name()).isEqualTo("got none.gguf 7,8 3 4 2 server");
      assertThat(side.turn().seconds()).isEqualTo(1.5);
      assertThat(side.turn().seconds()).isEqualTo(1.5);
    }
    assertThat(told).isEmpty();
  }

  @Test
  void whoDrawsFewerTokensIsNotComparedWith() throws IOException {
    try (SamplingSides sides = new SamplingSides(WORK, told::add)) {
      sides.add(
          SamplingPeer.TRANSFORMERS,
          script(SamplingPeer.TRANSFORMERS),
          python("echo t 1; while read -r _; do echo 1.5 11; done"));
      SamplingSide side = sides.peers().getFirst();
      assertThatIOException()
          .isThrownBy(() -> side.turn().seconds())
          .withMessage("t 1 drew 11 tokens, not 12");
    }
  }

  @Test
  void whoEndsIsNotWaitedFor() throws IOException {
    try (SamplingSides sides = new SamplingSides(WORK, told::add)) {
      sides.add(
          SamplingPeer.TRANSFORMERS,
          script(SamplingPeer.TRANSFORMERS),
          python("echo t 1; read -r _"));
      SamplingSide side = sides.peers().getFirst();
      assertThatIOException()
          .isThrownBy(() -> side.turn().seconds())
          .withMessageContaining("sampling_transformers.py ended without an answer");
    }
  }

  @Test
  void allAreEndedThoughOneDoesNotEndWell() {
    List<String> ended = new ArrayList<>();
    List<SamplingSide> sides =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    new SamplingSide(
                        "side " + i,
                        "",
                        () -> 0,
                        () -> {
                          ended.add("side " + i);
                          if (i == 1) throw new IOException("one");
                          if (i == 2) throw new IllegalStateException("two");
                        }))
            .toList();
    assertThatThrownBy(() -> SamplingSide.closeAll(sides.iterator()))
        .hasMessage("two")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(ended).containsExactly("side 3", "side 2", "side 1", "side 0");
  }

  private static String script(SamplingPeer peer) {
    return Objects.requireNonNull(peer.script());
  }

  private String python(String body) throws IOException {
    Path script = Files.writeString(folder.resolve("python"), "#!/bin/sh\n" + body + "\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"))
        .toString();
  }
}
