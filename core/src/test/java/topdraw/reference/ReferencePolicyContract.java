package topdraw.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topdraw.draw.Draw;
import topdraw.draw.LogProbability;
import topdraw.draw.Prompt;
import topdraw.draw.Scores;
import topdraw.draw.Tokens;

/// What every reference policy promises, whoever wrote it: one subclass an implementation.
public abstract class ReferencePolicyContract {

  /// Opens the policy under test, the same at each call.
  protected abstract ReferencePolicy open() throws Exception;

  /// Prompts it answers, at least two.
  protected abstract List<Prompt> prompts();

  /// How many completions of each of them it can draw, at least 4.
  protected int draws() {
    return 6;
  }

  /// The same policy under another seed; empty where draws do not come from a seed.
  protected Optional<ReferencePolicy> openUnderAnotherSeed() throws Exception {
    return Optional.empty();
  }

  /// A prompt it refuses; empty where it takes any.
  protected Optional<Prompt> refused() {
    return Optional.empty();
  }

  private record Given(Request request, Answer answer) {}

  private static List<Given> ask(ReferencePolicy policy, List<Request> requests) {
    List<Given> given = new ArrayList<>();
    policy.drawAll(requests.iterator(), (request, answer) -> given.add(new Given(request, answer)));
    return given;
  }

  /// All draws of all prompts, a prompt's one after the other's.
  private List<Request> requests() {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < draws(); i++) {
      for (Prompt prompt : prompts()) {
        requests.add(new Request(prompt, i));
      }
    }
    return requests;
  }

  private static Draw drawn(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Drawn.class);
    return ((Answer.Drawn) answer).draw();
  }

  @Test
  void everyRequestIsAnsweredOnceUnderItsIndexByTheThreadThatAsks() throws Exception {
    try (ReferencePolicy policy = open()) {
      List<Thread> threads = new ArrayList<>();
      List<Request> answered = new ArrayList<>();
      policy.drawAll(
          requests().iterator(),
          (request, answer) -> {
            threads.add(Thread.currentThread());
            answered.add(request);
            assertThat(drawn(answer).index()).isEqualTo(request.index());
          });
      assertThat(answered).containsExactlyInAnyOrderElementsOf(requests());
      assertThat(threads).containsOnly(Thread.currentThread());
    }
  }

  @Test
  void nothingAskedIsNothingAnswered() throws Exception {
    try (ReferencePolicy policy = open()) {
      assertThat(ask(policy, List.of())).isEmpty();
    }
  }

  @Test
  void aDrawComesUnscoredAndItsOutcomeIsItsOwn() throws Exception {
    try (ReferencePolicy policy = open()) {
      for (Given given : ask(policy, requests())) {
        Draw draw = drawn(given.answer());
        assertThat(draw.scores()).isEqualTo(Scores.none());
        assertThat(draw.text()).isPresent();
      }
    }
  }

  @Test
  void whereDeterministicADrawIsAFunctionOfPromptAndIndexAlone() throws Exception {
    try (ReferencePolicy policy = open();
        ReferencePolicy again = open()) {
      assumeTrue(policy.capabilities().deterministic());
      Prompt first = prompts().getFirst();
      List<Draw> all = policy.draw(first, 0, draws());
      assertThat(again.draw(first, 2, draws() - 2)).isEqualTo(all.subList(2, draws()));
      assertThat(again.draw(first, 0, 1)).isEqualTo(all.subList(0, 1));

      List<Request> backwards = requests();
      Collections.reverse(backwards);
      Draw[] mixed = new Draw[draws()];
      for (Given given : ask(again, backwards)) {
        if (given.request().prompt().equals(first)) {
          mixed[given.request().index()] = drawn(given.answer());
        }
      }
      assertThat(mixed).containsExactlyElementsOf(all);
    }
  }

  @Test
  void anotherSeedDrawsOthers() throws Exception {
    try (ReferencePolicy policy = open()) {
      Optional<ReferencePolicy> other = openUnderAnotherSeed();
      assumeTrue(other.isPresent());
      try (ReferencePolicy others = other.get()) {
        assertThat(others.provenance().seed()).isNotEqualTo(policy.provenance().seed());
        Prompt prompt = prompts().getFirst();
        assertThat(others.draw(prompt, 0, draws()))
            .extracting(Draw::outcome)
            .isNotEqualTo(policy.draw(prompt, 0, draws()).stream().map(Draw::outcome).toList());
      }
    }
  }

  @Test
  void whatItSaysOfLogProbabilitiesHolds() throws Exception {
    try (ReferencePolicy policy = open()) {
      List<Draw> draws = ask(policy, requests()).stream().map(g -> drawn(g.answer())).toList();
      if (policy.capabilities().logProbabilities()) {
        assertThat(draws).allMatch(draw -> draw.logProbability().proves());
      }
      for (Draw draw : draws) {
        if (draw.logProbability() instanceof LogProbability.Exact(double nats)) {
          assertThat(nats).isLessThanOrEqualTo(0);
          if (draw.tokens() instanceof Tokens.Ids ids && ids.logProbabilities().length > 0) {
            double sum = 0;
            for (double token : ids.logProbabilities()) sum += token;
            assertThat(sum).isBetween(nats - 1e-9, nats + 1e-9);
          }
        }
      }
    }
  }

  @Test
  void itIsTheSamePolicyAtEachQuestion() throws Exception {
    try (ReferencePolicy policy = open();
        ReferencePolicy again = open()) {
      var capabilities = policy.capabilities();
      var provenance = policy.provenance();
      policy.draw(prompts().getFirst(), 0, 2);
      assertThat(policy.capabilities()).isEqualTo(capabilities).isEqualTo(again.capabilities());
      assertThat(policy.provenance()).isEqualTo(provenance).isEqualTo(again.provenance());
      assertThat(provenance.model()).isNotBlank();
    }
  }

  @Test
  void requestsAreReadAFewAhead() throws Exception {
    try (ReferencePolicy policy = open()) {
      int width = policy.capabilities().width();
      int[] asked = {0};
      int[] answered = {0};
      int[] ahead = {0};
      int most = 3 * width + 32;
      Iterator<Request> counted =
          IntStream.range(0, most)
              .mapToObj(i -> new Request(prompts().get(i % 2), i / 2 % draws()))
              .peek(_ -> ahead[0] = Math.max(ahead[0], ++asked[0] - answered[0]))
              .iterator();
      policy.drawAll(counted, (_, _) -> answered[0]++);
      assertThat(answered[0]).isEqualTo(most);
      assertThat(ahead[0]).isBetween(1, 2 * width + 2);
    }
  }

  @Test
  void whoeverIsToldMayEndTheDrawingAndAskAgain() throws Exception {
    try (ReferencePolicy policy = open()) {
      List<Draw> before = policy.draw(prompts().getFirst(), 0, 2);
      int[] told = {0};
      assertThatThrownBy(
              () ->
                  policy.drawAll(
                      requests().iterator(),
                      (_, _) -> {
                        told[0]++;
                        throw new ArithmeticException("enough");
                      }))
          .isInstanceOf(ArithmeticException.class)
          .hasMessage("enough");
      assertThat(told[0]).isEqualTo(1);
      afterwardsItDraws(policy, before);
    }
  }

  @Test
  void anInterruptCancelsTheDrawing() throws Exception {
    try (ReferencePolicy policy = open()) {
      List<Draw> before = policy.draw(prompts().getFirst(), 0, 2);
      List<Request> answered = new ArrayList<>();
      try {
        assertThatThrownBy(
                () ->
                    policy.drawAll(
                        requests().iterator(),
                        (request, _) -> {
                          answered.add(request);
                          Thread.currentThread().interrupt();
                        }))
            .isInstanceOf(CancellationException.class);
      } finally {
        Thread.interrupted();
      }
      assertThat(answered.size()).isLessThan(requests().size());
      afterwardsItDraws(policy, before);
    }
  }

  private void afterwardsItDraws(ReferencePolicy policy, List<Draw> before) {
    List<Draw> after = policy.draw(prompts().getFirst(), 0, 2);
    assertThat(after).hasSize(2);
    if (policy.capabilities().deterministic()) {
      assertThat(after).isEqualTo(before);
    }
  }

  @Test
  void aRefusedPromptHasAReasonAndTheOthersAreDrawn() throws Exception {
    try (ReferencePolicy policy = open()) {
      Optional<Prompt> refused = refused();
      assumeTrue(refused.isPresent());
      Prompt fine = prompts().getFirst();
      List<Given> given =
          ask(
              policy,
              List.of(new Request(fine, 0), new Request(refused.get(), 0), new Request(fine, 1)));
      assertThat(given).hasSize(3);
      for (Given one : given) {
        if (one.request().prompt().equals(fine)) {
          drawn(one.answer());
        } else {
          assertThat(one.answer())
              .isInstanceOfSatisfying(
                  Answer.Refused.class,
                  answer -> {
                    assertThat(answer.reason()).isNotBlank().doesNotContain("\n");
                    assertThatThrownBy(() -> policy.draw(refused.get(), 0, 1))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(answer.reason());
                  });
        }
      }
    }
  }

  @Test
  void aPromptThatIsHardlyOneIsAnsweredTooAndNeverByAnError() throws Exception {
    try (ReferencePolicy policy = open()) {
      for (Prompt odd :
          List.of(new Prompt.Text(" "), new Prompt.Text("\u0000"), Prompt.user("\ud800"))) {
        assertThat(ask(policy, List.of(new Request(odd, 0)))).hasSize(1);
      }
    }
  }

  @Test
  void indicesAndCountsAreChecked() throws Exception {
    try (ReferencePolicy policy = open()) {
      Prompt prompt = prompts().getFirst();
      for (int[] wrong : new int[][] {{-1, 1}, {0, 0}, {0, -1}, {Integer.MAX_VALUE, 1}}) {
        assertThatThrownBy(() -> policy.draw(prompt, wrong[0], wrong[1]))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThat(policy.draw(prompt, 1, 2)).extracting(Draw::index).containsExactly(1, 2);
    }
  }

  @Test
  void progressNeverFallsAndEndsAtWhatWasDrawn() throws Exception {
    try (ReferencePolicy policy = open()) {
      List<Integer> completions = new ArrayList<>();
      List<Long> tokens = new ArrayList<>();
      List<Draw> draws =
          policy.draw(
              prompts().getFirst(),
              0,
              draws(),
              (done, drawnTokens) -> {
                completions.add(done);
                tokens.add(drawnTokens);
              });
      assertThat(completions).isSorted().endsWith(draws());
      assertThat(tokens).isSorted();
      double length = draws.stream().mapToDouble(draw -> draw.length().orElse(0)).sum();
      assertThat(tokens.getLast().doubleValue()).isEqualTo(length);
    }
  }

  @Test
  void closingTwiceIsClosing() throws Exception {
    ReferencePolicy policy = open();
    policy.draw(prompts().getFirst(), 0, 1);
    policy.close();
    policy.close();
    try (ReferencePolicy unused = open()) {
      assertThat(unused).isNotNull();
    }
  }

  /// A block as long as a completion is the completion.
  @Test
  void whereItDrawsByBlocksTheLongestBlockIsThePlainDraw() throws Exception {
    try (ReferencePolicy policy = open()) {
      assumeTrue(policy instanceof BlockPolicy);
      Prompt prompt = prompts().getFirst();
      int most = policy.provenance().sampling().maxTokens();
      List<Draw> plain = policy.draw(prompt, 0, 3);
      try (Continuation whole = ((BlockPolicy) policy).begin(prompt, 3)) {
        List<Draw> blocks = whole.draw(most, (_, _) -> {});
        assertThat(blocks).extracting(Draw::tokens).isEqualTo(tokens(plain));
        assertThat(blocks).extracting(Draw::index).containsExactly(0, 1, 2);
        assertThatThrownBy(() -> whole.accept(3)).isInstanceOf(IllegalArgumentException.class);
        whole.accept(1);
        assertThat(whole.finished()).isTrue();
        assertThatThrownBy(() -> whole.draw(most, (_, _) -> {}))
            .isInstanceOf(IllegalStateException.class);
      }
    }
  }

  private static List<Tokens> tokens(List<Draw> draws) {
    return draws.stream().map(Draw::tokens).toList();
  }
}
