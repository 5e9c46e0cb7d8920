package topdraw.spark;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topdraw.cli.ConfidenceOption;
import topdraw.input.InputException;
import topdraw.json.Json;
import topdraw.recordings.imports.Mapping;
import topdraw.words.json.FindingJson;

/// Best-of-n from the draws of one prompt that no machine holds, as an application of Spark:
///
///     spark-submit --class topdraw.spark.OnePromptJob --jars … topdraw-spark.jar FILE… --reward R
@Command(
    name = "one-prompt",
    description = {
      "The mean reward of best-of-n from the draws of one prompt, however many there are: a line"
          + " of JSON for each n.",
      "",
      "Reads Parquet and JSON Lines. No machine holds the draws; for drift, win rate and audit of"
          + " a prompt that one holds, topdraw analyze."
    },
    mixinStandardHelpOptions = true)
public final class OnePromptJob implements Callable<Integer> {
  private static final int LARGEST = 1 << 20;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of one prompt.")
  private List<String> files = List.of();

  @Option(
      names = "--reward",
      required = true,
      paramLabel = "NAME",
      description = "The recorded reward that selects.")
  private String reward = "";

  @Option(
      names = "--map",
      paramLabel = "FIELD=PATH[,FIELD=PATH...]",
      description = "Which column holds what, as for topdraw analyze.")
  private List<String> map = List.of();

  @Option(
      names = "-n",
      split = ",",
      paramLabel = "N",
      description = "The values of n. Default: 1, 2, 4, 8, ...")
  private List<Integer> grid = List.of();

  @Option(
      names = "--spark",
      paramLabel = "MASTER",
      description = "The cluster. Default: as submitted, or local[*].")
  private String master = new SparkConf().get("spark.master", "local[*]");

  @Mixin private ConfidenceOption confidence;
  @Spec private CommandSpec spec;

  private OnePromptJob() {}

  /// Analyses the draws of a prompt on the cluster that it is submitted to, and exits with the code
  /// of a command.
  ///
  /// @param args the command line
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new OnePromptJob())
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              if (!(e instanceof InputException) && !(e instanceof IOException)) {
                throw e;
              }
              command.getErr().println("topdraw: " + e.getMessage());
              return e instanceof InputException ? 2 : 1;
            });
  }

  @Override
  public Integer call() throws IOException {
    try (Session session = Session.open(master)) {
      Mapping mapping =
          new Mapping(
              Mapping.parse(map),
              List.of(reward),
              false,
              Mapping.NONE.words(),
              false,
              Optional.empty());
      DistributedRanks ranks =
          DistributedRanks.of(
              SparkRecording.rewards(
                  session, InputFiles.of(session.spark(), files), mapping, reward),
              2 * session.context().defaultParallelism());
      int[] asked =
          grid.isEmpty()
              ? IntStream.iterate(1, n -> n <= LARGEST && n <= ranks.size() / 4, n -> 2 * n)
                  .toArray()
              : grid.stream().mapToInt(Integer::intValue).sorted().distinct().toArray();
      ranks
          .rewards(asked, confidence.value())
          .forEach(
              (n, finding) ->
                  spec.commandLine()
                      .getOut()
                      .println(Json.line(new Line(n, FindingJson.of(finding)))));
      return 0;
    } catch (Exception e) { // Scala throws what it does not declare
      throw Failure.of(e);
    }
  }

  /// What is printed of one n.
  private record Line(int n, Map<String, Object> finding) {}
}
