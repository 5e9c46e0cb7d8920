package topdraw.llama;

import java.util.List;

/// One thing that Topdraw needs of the machine.
///
/// @param name what is looked at
/// @param ok whether it is as it should be
/// @param detail what was found
/// @param mend what to do; empty where nothing is to be done
public record MachineCheck(String name, boolean ok, String detail, String mend) {
  /// What was found, with the way to mend it where it is not as it should be.
  ///
  /// @param name what is looked at
  /// @param ok whether it is as it should be
  /// @param detail what was found
  /// @param mend what to do
  /// @return the check
  public static MachineCheck of(String name, boolean ok, String detail, String mend) {
    return new MachineCheck(name, ok, detail, ok ? "" : mend);
  }

  /// Lines of text.
  ///
  /// @return what was found, and how to mend it where something is to be done
  public List<String> lines() {
    String found = "%-4s %-14s %s".formatted(ok ? "ok" : "BAD", name, detail);
    return ok
        ? List.of(found)
        : List.of(found, "%-4s %-14s to mend it: %s".formatted("", "", mend));
  }
}
