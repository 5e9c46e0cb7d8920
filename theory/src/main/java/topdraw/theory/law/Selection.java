package topdraw.theory.law;

import topdraw.theory.numeric.Checks;

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

  /// Draws `n` completions and returns one of them with probability in proportion to `exp(r/T)`:
  /// best-of-n as `T → 0`, the reference policy as `T → ∞`. Source: Verdun et al. (2025), arXiv
  /// 2505.03156.
  ///
  /// @param n completions drawn per prompt, at least 1
  /// @param temperature `T`, above 0, in the unit of the reward
  record SoftBestOfN(int n, double temperature) implements Selection {
    /// Checks `n` and the temperature.
    public SoftBestOfN {
      Checks.atLeastOne(n, "n");
      Checks.positive(temperature, "temperature");
    }
  }

  /// Draws `1 + Poisson(μ)` completions and returns one of largest reward. Source: Khalaf et al.
  /// (2025), arXiv 2506.19248.
  ///
  /// @param mu mean of the Poisson law, above 0
  record BestOfPoisson(double mu) implements Selection {
    /// Checks `mu`.
    public BestOfPoisson {
      Checks.positive(mu, "mu");
    }
  }
}
