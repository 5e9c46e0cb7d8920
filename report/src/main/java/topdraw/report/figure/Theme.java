package topdraw.report.figure;

import java.util.Locale;

/// The paper a figure is drawn for.
public enum Theme {
  /// Dark ink on white.
  LIGHT,
  /// Light ink on near-black.
  DARK;

  /// Its name in file names and options.
  ///
  /// @return `light` or `dark`
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
