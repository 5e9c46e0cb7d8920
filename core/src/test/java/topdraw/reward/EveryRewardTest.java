package topdraw.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topdraw.draw.Prompt;
import topdraw.draw.Score;
import topdraw.reference.Judge;
import topdraw.reference.Verdict;

/// Every reward of this module keeps the contract.
class EveryRewardTest {
  /// Finds long questions likelier.
  private static final Judge JUDGE =
      new Judge() {
        @Override
        public List<Score> logOdds(List<Prompt> questions, String yes, String no) {
          return questions.stream()
              .map(Prompt::display)
              .<Score>map(question -> new Score.Value(question.length()))
              .toList();
        }

        @Override
        public List<Verdict> verdicts(List<Prompt> questions, List<String> answers) {
          return questions.stream()
              .map(Prompt::display)
              .<Verdict>map(question -> new Verdict.Said(question.length() % 9 % answers.size()))
              .toList();
        }
      };

  @TempDir private Path temp;

  @Test
  void noneIsForgotten() {
    Set<String> held =
        Arrays.stream(EveryRewardTest.class.getDeclaredClasses())
            .filter(RewardContract.class::isAssignableFrom)
            .filter(each -> each != WeightedMajority.class)
            .map(each -> each.getSimpleName().replace("Rating", ""))
            .map(name -> name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> offered =
        RewardCatalog.withoutModel().names().stream()
            .map(form -> form.split("[:(\\[]", 2)[0])
            .filter(name -> !Set.of("similar", "civil").contains(name)) // in a module of their own
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(held).isEqualTo(offered);
  }

  @Nested
  class LogLikelihood extends RewardContract {
    @Override
    protected Reward open() {
      return Rewards.named("log-likelihood");
    }
  }

  @Nested
  class NegativeLength extends RewardContract {
    @Override
    protected Reward open() {
      return Rewards.named("negative-length");
    }
  }

  @Nested
  class Regex extends RewardContract {
    @Override
    protected Reward open() {
      return Rewards.named("regex:Paris$");
    }
  }

  @Nested
  class Numeric extends RewardContract {
    @Override
    protected Reward open() {
      return Rewards.named("numeric:42");
    }
  }

  @Nested
  class JsonSchema extends RewardContract {
    @Override
    protected Reward open() throws IOException {
      Path schema = Files.writeString(temp.resolve("schema.json"), "{\"type\": \"object\"}");
      return Rewards.named("json-schema:" + schema);
    }
  }

  @Nested
  class Majority extends RewardContract {
    @Override
    protected Reward open() {
      return Rewards.named("majority:numeric");
    }

    @Override
    protected List<String> texts() {
      return List.of("It is 42", "42.0", "7");
    }
  }

  @Nested
  class WeightedMajority extends RewardContract {
    @Override
    protected Reward open() {
      return Rewards.named("majority(numeric, exp(negative-length))");
    }

    @Override
    protected List<String> texts() {
      return List.of("It is 42", "42.0", "7");
    }
  }

  @Nested
  class Exp extends RewardContract {
    @Override
    protected Reward open() {
      return Rewards.named("exp(-.1*negative-length)");
    }
  }

  @Nested
  class SelfJudge extends RewardContract {
    @Override
    protected Reward open() {
      return RewardCatalog.with(JUDGE).open("self-judge:Is it long?");
    }
  }

  @Nested
  class RatingJudge extends RewardContract {
    @Override
    protected Reward open() {
      return RewardCatalog.with(JUDGE).open("judge");
    }
  }

  /// Equal texts are ties, so that the order drawn decides, and reversed it does.
  @Nested
  class Knockout extends RewardContract {
    @Override
    protected Reward open() {
      return RewardCatalog.with(longer()).open("knockout");
    }

    @Override
    protected List<String> texts() {
      return List.of("a", "abcd", "ab", "abc");
    }

    private Judge longer() {
      return new Judge() {
        @Override
        public List<Score> logOdds(List<Prompt> questions, String yes, String no) {
          throw new AssertionError("nobody asks for odds");
        }

        @Override
        public List<Verdict> verdicts(List<Prompt> questions, List<String> answers) {
          return questions.stream()
              .<Verdict>map(q -> new Verdict.Said(longer(q.display())))
              .toList();
        }

        private int longer(String question) {
          String[] fences = question.split("```\\n", -1);
          return Integer.compare(fences[5].length(), fences[3].length()) > 0 ? 1 : 0;
        }
      };
    }
  }

  /// A program that finds long texts better.
  @Nested
  class Process extends RewardContract {
    @Override
    protected Reward open() throws IOException {
      Path program =
          Files.writeString(
              temp.resolve("score.py"),
              """
              import json, sys
              for line in sys.stdin:
                  items = json.loads(line)["items"]
                  rewards = [{"id": i["id"], "value": len(i["completion"])} for i in items]
                  print(json.dumps({"rewards": rewards}), flush=True)
              """);
      return Rewards.named("process:python3 '" + program + "'");
    }
  }

  /// A program that finds each letter a step.
  @Nested
  class Steps extends RewardContract {
    @Override
    protected Reward open() throws IOException {
      Path program =
          Files.writeString(
              temp.resolve("steps.py"),
              """
              import json, sys
              for line in sys.stdin:
                  items = json.loads(line)["items"]
                  rewards = [{"id": i["id"], "steps": [len(i["completion"]), 1]} for i in items]
                  print(json.dumps({"rewards": rewards}), flush=True)
              """);
      return Rewards.named("steps(mean, process:python3 '" + program + "')");
    }
  }

  @Nested
  class Sum extends RewardContract {
    @Override
    protected Reward open() {
      return Rewards.named("sum(0.5*negative-length, regex:Paris)");
    }
  }

  @Nested
  class Min extends RewardContract {
    @Override
    protected Reward open() {
      return Rewards.named("min(negative-length, log-likelihood)");
    }
  }

  @Test
  void theRewardsAreListedInTheOrderOfTheHelp() {
    assertThat(RewardCatalog.withoutModel().names())
        .isEqualTo(
            List.of(
                "log-likelihood",
                "negative-length",
                "regex:PATTERN",
                "numeric:ANSWER",
                "majority[:ANSWER]",
                "json-schema:FILE",
                "self-judge[:QUESTION]",
                "judge[:RUBRIC-FILE]",
                "knockout[:RUBRIC-FILE]",
                "process:COMMAND",
                "similar:TEXT",
                "civil",
                "sum(W*REWARD, …)",
                "min(REWARD, …)",
                "exp(W*REWARD)",
                "majority(ANSWER, REWARD)",
                "steps(HOW, REWARD)"));
  }
}
