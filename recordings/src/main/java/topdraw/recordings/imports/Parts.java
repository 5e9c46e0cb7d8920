package topdraw.recordings.imports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import topdraw.draw.Draw;
import topdraw.draw.LogProbability;
import topdraw.draw.Outcome;
import topdraw.draw.Score;
import topdraw.draw.Scores;
import topdraw.draw.Tokens;

/// Puts draws together of which rows hold parts: raters' views of one completion, or the turns of a
/// rollout.
final class Parts {
  private Parts() {}

  /// The draws of one prompt.
  ///
  /// @param parts the rows' parts, in their order
  /// @return whole draws, in the order of their first rows
  static List<Draw> whole(List<PartDraw> parts) {
    if (parts.stream().anyMatch(part -> part.rollout() != null)) {
      return indexed(rollouts(parts));
    }
    return parts.stream().anyMatch(part -> part.rater() != null)
        ? indexed(rated(parts).stream().map(Parts::mean).toList())
        : parts.stream().map(PartDraw::draw).toList();
  }

  private static List<Draw> indexed(List<Draw> draws) {
    List<Draw> indexed = new ArrayList<>();
    draws.forEach(draw -> indexed.add(draw.withIndex(indexed.size())));
    return indexed;
  }

  /// The views of each completion. A completion that was drawn twice has each rater's view twice.
  static List<List<PartDraw>> rated(List<PartDraw> parts) {
    record Seen(Outcome outcome, int time) {}
    record View(Outcome outcome, String rater) {}
    Map<View, Integer> times = new HashMap<>();
    Map<Seen, List<PartDraw>> views = new LinkedHashMap<>();
    for (PartDraw part : parts) {
      Outcome outcome = part.draw().outcome();
      int time = times.merge(new View(outcome, String.valueOf(part.rater())), 1, Integer::sum);
      views.computeIfAbsent(new Seen(outcome, time), first -> new ArrayList<>()).add(part);
    }
    return List.copyOf(views.values());
  }

  private static Draw mean(List<PartDraw> views) {
    Set<String> names = new LinkedHashSet<>();
    views.forEach(view -> names.addAll(view.draw().scores().names()));
    List<Score> scores = new ArrayList<>();
    for (String name : names) {
      double[] values =
          views.stream()
              .map(view -> view.draw().scores().of(name))
              .filter(Score.Value.class::isInstance)
              .mapToDouble(Score::rank)
              .toArray();
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      scores.add(
          values.length == 0
              ? new Score.Missing("no rater gave a score")
              : new Score.Value(sum / values.length));
    }
    return views.getFirst().draw().withScores(new Scores(List.copyOf(names), scores));
  }

  private static List<Draw> rollouts(List<PartDraw> parts) {
    Map<String, List<PartDraw>> byRollout = new LinkedHashMap<>();
    for (PartDraw part : parts) {
      byRollout
          .computeIfAbsent(String.valueOf(part.rollout()), first -> new ArrayList<>())
          .add(part);
    }
    return byRollout.values().stream().map(Parts::rollout).toList();
  }

  private static Draw rollout(List<PartDraw> turns) {
    List<PartDraw> inOrder = new ArrayList<>(turns);
    if (turns.stream().allMatch(t -> t.turn() != null && t.turn().matches("\\d{1,18}"))) {
      inOrder.sort(Comparator.comparingLong(t -> Long.parseLong(String.valueOf(t.turn()))));
    }
    if (inOrder.size() == 1) {
      return inOrder.getFirst().draw();
    }
    Draw last = inOrder.getLast().draw();
    Optional<String> text =
        Optional.of(
            inOrder.stream()
                .map(turn -> turn.draw().text().orElse(""))
                .collect(Collectors.joining("\n")));
    Tokens tokens = Tokens.count(sum(inOrder.stream().map(t -> t.draw().length()).toList()));
    return new Draw(
            0,
            new Outcome.Said(text.get(), last.finish().cut()),
            text,
            tokens,
            LogProbability.missing(),
            last.finish(),
            lastScores(inOrder),
            sum(inOrder.stream().map(t -> t.draw().seconds()).toList()),
            inOrder.getFirst().draw().origin())
        .withAnswer(last.answer());
  }

  /// Of each reward the last turn that has one.
  private static Scores lastScores(List<PartDraw> turns) {
    Map<String, Score> scores = new LinkedHashMap<>();
    for (PartDraw turn : turns) {
      Scores of = turn.draw().scores();
      for (String name : of.names()) {
        if (of.of(name) instanceof Score.Value || !scores.containsKey(name)) {
          scores.put(name, of.of(name));
        }
      }
    }
    return new Scores(List.copyOf(scores.keySet()), List.copyOf(scores.values()));
  }

  private static OptionalDouble sum(List<OptionalDouble> terms) {
    return terms.stream().allMatch(OptionalDouble::isPresent)
        ? OptionalDouble.of(terms.stream().mapToDouble(OptionalDouble::getAsDouble).sum())
        : OptionalDouble.empty();
  }
}
