package topdraw.audit;

import java.util.List;
import java.util.Locale;

/// What one check found.
///
/// @param check its name, such as `mass`
/// @param level how bad it is
/// @param reason what was found and what it means, a sentence
/// @param places the first places where it was seen
/// @param withholds what it forbids
public record Verdict(
    String check, Level level, String reason, List<String> places, Withholds withholds) {
  /// How bad a finding is.
  public enum Level {
    /// Nothing was found.
    OK,
    /// Worth knowing; nothing is withheld.
    WARN,
    /// Some numbers are withheld.
    REFUSE;

    /// The word as it is printed.
    ///
    /// @return the lower-case name
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Copies the places.
  public Verdict {
    places = List.copyOf(places);
  }

  static Verdict ok(String check, String reason) {
    return new Verdict(check, Level.OK, reason, List.of(), Withholds.NOTHING);
  }

  static Verdict warn(String check, String reason, List<String> places) {
    return new Verdict(check, Level.WARN, reason, places, Withholds.NOTHING);
  }

  static Verdict refuse(String check, String reason, List<String> places, Withholds withholds) {
    return new Verdict(check, Level.REFUSE, reason, places, withholds);
  }
}
