package topdraw.theory;

/// How one completion is chosen among draws from the reference policy: the one-shot methods.
///
/// A selection has two faces: its law on an [OutcomeTable] ([Law]), for every real `n > 0`, and, in
/// `topdraw.selection`, the procedure that draws from a reference policy. Of equal rewards the
/// first drawn wins.
public sealed interface Selection {

  /// Draws `n` completions and returns one of largest reward. Source: the paper, eq. (3).
  ///
  /// @param n completions drawn per prompt, above 0; whole where completions are really drawn
  record BestOfN(double n) implements Selection {
    /// Checks `n`.
    public BestOfN {
      Checks.positive(n, "n");
    }
  }

  /// Draws until a reward reaches the threshold, at most `n` times; returns the completion that
  /// reached it, else the best of the `n`. It is rewind-and-repeat with a cap, and best-of-n of the
  /// reward clipped at the threshold.
  ///
  /// @param n the most completions drawn per prompt, above 0; whole where completions are drawn
  /// @param threshold the reward that ends the drawing; fixed before these draws
  record EarlyStop(double n, double threshold) implements Selection {
    /// Checks `n` and the threshold.
    public EarlyStop {
      Checks.positive(n, "n");
      Checks.notNaN(threshold, "threshold");
    }
  }

  /// Draws until a reward reaches the threshold. Source: the paper, section 6.
  ///
  /// @param threshold the reward that ends the drawing; fixed before these draws
  record RewindAndRepeat(double threshold) implements Selection {
    /// Checks the threshold.
    public RewindAndRepeat {
      Checks.notNaN(threshold, "threshold");
    }
  }
}
