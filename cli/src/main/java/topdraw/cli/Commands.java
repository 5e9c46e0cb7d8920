package topdraw.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/// Commands of the program, in the order that help lists them.
///
/// @param classes each a command, `SampleCommand` that of `topdraw sample`
record Commands(List<Class<?>> classes) {
  private static final Commands ALL =
      new Commands(
          List.of(
              QuickstartCommand.class,
              SampleCommand.class,
              RunCommand.class,
              ScoreCommand.class,
              CompareCommand.class,
              ColumnsCommand.class,
              AnalyzeCommand.class,
              ExportCommand.class,
              PlanCommand.class,
              MethodsCommand.class,
              ComputeCommand.class,
              ExactCommand.class,
              ConjectureCommand.class,
              ModelsCommand.class,
              DoctorCommand.class,
              FiguresCommand.class,
              ServeCommand.class,
              BenchCommand.class,
              CompletionCommand.class,
              HelpPageCommand.class,
              CommandLine.HelpCommand.class));

  /// Those that look at all others.
  private static final List<Class<?>> OVER_ALL =
      List.of(
          DoctorCommand.class,
          BenchCommand.class,
          CompletionCommand.class,
          HelpPageCommand.class,
          CommandLine.HelpCommand.class);

  /// All of them.
  static Commands all() {
    return ALL;
  }

  /// The one that a command line begins with, where no other is looked at: to read the options of
  /// all takes longer than most commands.
  static Commands called(String... args) {
    for (Class<?> command : ALL.classes) {
      if (args.length > 0 && args[0].equals(name(command)) && !OVER_ALL.contains(command)) {
        return new Commands(List.of(command));
      }
    }
    return ALL;
  }

  /// A command's name, from its class's; what it says itself is looked at by a test.
  static String name(Class<?> command) {
    String words = command.getSimpleName();
    return words.substring(0, words.length() - "Command".length()).toLowerCase(Locale.ROOT);
  }

  /// Adds them to a program.
  void addTo(CommandLine program) {
    for (Class<?> command : classes) program.addSubcommand(command);
    if (classes.contains(BenchCommand.class)) BenchCommand.addOffered(program);
  }
}
