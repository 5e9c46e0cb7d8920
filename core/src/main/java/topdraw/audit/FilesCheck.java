package topdraw.audit;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import topdraw.draw.Draw;
import topdraw.draw.PromptDraws;

/// Whether draws of the same prompts that stand in several files come from one policy, as parts of
/// one job do and two checkpoints do not.
///
/// Under one policy every way of dealing the draws of a prompt to the files is as likely as any
/// other, so the rank sum of a file's draws within a prompt has a known mean and variance; summed
/// over prompts, each weighted by one over its draws and one, it is normal (van Elteren's test).
/// Asked of the rewards and of the lengths of the texts, in units of its standard deviation; one
/// policy is refused by mistake with chance 1e-5 at most as far as the normal law goes. Source: P.
/// van Elteren, *On the combination of independent two-sample tests of Wilcoxon*, 1960.
final class FilesCheck implements Check<FilesCheck> {
  private static final long serialVersionUID = 1;

  /// More sources than these are no parts of a job, but a file a sample.
  private static final int MOST = 16;

  /// Two-sided chance 1e-5 shared by 16 files and two questions.
  private static final double REFUSED = 5.1;

  /// What a mean that is only shown leaves of a larger reward.
  private static final double LARGE = 1e15;

  private final String reward;
  private final TreeMap<String, Sums> files = new TreeMap<>();
  private boolean many;

  /// What is known of one file.
  private static final class Sums implements Serializable {
    private static final long serialVersionUID = 1;
    private final UnorderedSum[] apart = {new UnorderedSum(), new UnorderedSum()};
    private final UnorderedSum[] variance = {new UnorderedSum(), new UnorderedSum()};
    private final UnorderedSum[] values = {new UnorderedSum(), new UnorderedSum()};
    private final long[] counts = new long[2];

    void merge(Sums other) {
      for (int i = 0; i < apart.length; i++) {
        apart[i].merge(other.apart[i]);
        variance[i].merge(other.variance[i]);
        values[i].merge(other.values[i]);
        counts[i] += other.counts[i];
      }
    }

    double deviations(int question) {
      double variance = this.variance[question].value();
      return variance <= 0 ? 0 : Math.abs(apart[question].value()) / Math.sqrt(variance);
    }

    double mean(int question) {
      return values[question].value() / counts[question];
    }
  }

  FilesCheck(String reward) {
    this.reward = reward;
  }

  @Override
  public void look(PromptDraws prompt, long position) {
    if (many) {
      return;
    }
    // One name for each file, not one for each of millions of draws.
    TreeMap<String, String> names = new TreeMap<>();
    for (Draw draw : prompt.draws()) {
      String file = draw.place().file();
      names.putIfAbsent(file, file);
    }
    if (names.size() < 2) {
      return;
    }
    TreeSet<String> known = new TreeSet<>(names.keySet());
    List<String> places =
        prompt.draws().stream().map(draw -> names.getOrDefault(draw.place().file(), "")).toList();
    known.addAll(files.keySet());
    if (known.size() > MOST) {
      many = true;
      files.clear();
      return;
    }
    ask(0, places, prompt.ranks(reward));
    ask(1, places, prompt.draws().stream().mapToDouble(FilesCheck::length).toArray());
  }

  private static double length(Draw draw) {
    return draw.text().map(String::length).orElse(0);
  }

  private Sums sums(String file) {
    return files.computeIfAbsent(file, unknown -> new Sums());
  }

  private void ask(int question, List<String> places, double[] values) {
    int size = values.length;
    double[] ranks = midRanks(values);
    double middle = (size + 1) / 2.0;
    double spread = Arrays.stream(ranks).map(r -> (r - middle) * (r - middle)).sum();
    double weight = 1.0 / (size + 1);
    for (String file : new TreeSet<>(places)) {
      double apart = 0;
      int own = 0;
      Sums sums = sums(file);
      for (int i = 0; i < size; i++) {
        if (places.get(i).equals(file)) {
          own++;
          apart += ranks[i] - middle;
          if (Double.isFinite(values[i])) {
            sums.values[question].add(Math.clamp(values[i], -LARGE, LARGE));
            sums.counts[question]++;
          }
        }
      }
      sums.apart[question].add(weight * apart);
      sums.variance[question].add(
          weight * weight * own * (size - own) * spread / (size * (size - 1.0)));
    }
  }

  /// Ranks from 1, equal values sharing theirs.
  private static double[] midRanks(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int at = Arrays.binarySearch(sorted, values[i]);
      int low = at;
      int high = at;
      while (low > 0 && sorted[low - 1] == values[i]) {
        low--;
      }
      while (high < sorted.length - 1 && sorted[high + 1] == values[i]) {
        high++;
      }
      ranks[i] = 1 + (low + high) / 2.0;
    }
    return ranks;
  }

  /// How far a file's draws stand apart in rewards, in standard deviations; negative where they are
  /// lower.
  double apart(String file) {
    Sums sums = sums(file);
    return Math.copySign(sums.deviations(0), sums.apart[0].value());
  }

  @Override
  public void merge(FilesCheck other) {
    other.files.forEach((file, sums) -> sums(file).merge(sums));
    if (many || other.many || files.size() > MOST) {
      many = true;
      files.clear();
    }
  }

  @Override
  public Optional<Verdict> verdict() {
    if (many || files.size() < 2) {
      return Optional.empty();
    }
    for (int question = 0; question < 2; question++) {
      String worst = files.firstKey();
      for (String file : files.keySet()) {
        worst = sums(file).deviations(question) > sums(worst).deviations(question) ? file : worst;
      }
      if (sums(worst).deviations(question) > REFUSED) {
        return Optional.of(refuse(question, worst));
      }
    }
    return Optional.of(
        Verdict.ok("files", "draws of one prompt in several files look like draws of one policy"));
  }

  private Verdict refuse(int question, String worst) {
    double rest = 0;
    long others = 0;
    for (var entry : files.entrySet()) {
      if (!entry.getKey().equals(worst)) {
        rest += entry.getValue().values[question].value();
        others += entry.getValue().counts[question];
      }
    }
    return Verdict.refuse(
        "files",
        String.format(
            Locale.ROOT,
            "draws of the same prompts have a mean %s of %.4g in one file and %.4g in the others,"
                + " which one policy does once in 100,000 times: two policies, or a selection; analyze"
                + " them one at a time, or compare them",
            question == 0 ? "reward" : "length",
            sums(worst).mean(question),
            rest / others),
        List.of(worst),
        Withholds.INDEPENDENCE);
  }
}
