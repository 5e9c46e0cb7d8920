package topdraw.estimate;

import java.util.List;
import java.util.Optional;
import topdraw.theory.finding.Estimator;
import topdraw.theory.finding.Evidence;
import topdraw.theory.finding.Quantity;
import topdraw.theory.finding.Role;

/// One prompt's own numbers for every n, from its own draws, for small pictures.
///
/// @param key what tells the prompt from others
/// @param prompt its words, cut where they are long
/// @param draws how many draws it has
/// @param best its best draw; empty when no draw has a score
/// @param curves its numbers, those that the audit lets stand
public record PromptCurves(
    String key, String prompt, int draws, Optional<Best> best, List<Curve> curves) {
  /// Copies the list.
  public PromptCurves {
    curves = List.copyOf(curves);
  }

  /// The draw with the largest reward, of equals the first.
  ///
  /// @param reward its reward
  /// @param text what it says, cut where that is long; empty where the text is not recorded, or was
  ///   not read
  public record Best(double reward, Optional<String> text) {}

  /// One number by n.
  ///
  /// @param quantity its name
  /// @param role the quantity itself or a bound
  /// @param evidence how well it is known; an estimate stands here without an interval
  /// @param source the estimator
  /// @param points its value at each n that the prompt's draws can say, in rising order of n
  public record Curve(
      Quantity quantity, Role role, Evidence evidence, Estimator source, List<Point> points) {
    /// Copies the list.
    public Curve {
      points = List.copyOf(points);
    }
  }

  /// A value at one n.
  ///
  /// @param n draws of one selection
  /// @param value the number
  public record Point(int n, double value) {}
}
