package topdraw.llama;

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
}
