package topdraw.cli;

/// One thing that Topdraw needs of the machine.
///
/// @param name what is looked at
/// @param ok whether it is as it should be
/// @param detail what was found
/// @param mend what to do; empty where nothing is to be done
record Check(String name, boolean ok, String detail, String mend) {
  static Check of(String name, boolean ok, String detail, String mend) {
    return new Check(name, ok, detail, ok ? "" : mend);
  }
}
