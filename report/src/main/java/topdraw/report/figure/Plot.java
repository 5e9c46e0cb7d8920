package topdraw.report.figure;

import java.util.List;

/// One panel of a figure.
public sealed interface Plot {
  /// Its name: the prompt's words, or what sets it apart from its neighbours.
  ///
  /// @return the name; empty when the figure's title says all
  String title();

  /// Lines over two axes.
  ///
  /// @param title its name
  /// @param x the horizontal axis
  /// @param y the vertical axis
  /// @param lines its lines, the most telling first; at least one
  /// @param regions shaded behind the lines
  record Chart(String title, Axis x, Axis y, List<Line> lines, List<Region> regions)
      implements Plot {
    /// Copies the lists.
    ///
    /// @throws IllegalArgumentException if there is no line
    public Chart {
      lines = List.copyOf(lines);
      regions = List.copyOf(regions);
      if (lines.isEmpty()) {
        throw new IllegalArgumentException("the chart '" + title + "' has no line; give it one");
      }
    }
  }

  /// Policies on three outcomes, each a point of a triangle.
  ///
  /// @param title its name
  /// @param corners what all probability on an outcome is called, from the lowest reward up; three
  /// @param paths families of policies
  record Simplex(String title, List<String> corners, List<Path> paths) implements Plot {
    /// Copies the lists.
    ///
    /// @throws IllegalArgumentException if there are not three corners
    public Simplex {
      corners = List.copyOf(corners);
      paths = List.copyOf(paths);
      if (corners.size() != 3) {
        throw new IllegalArgumentException("a simplex has three corners, was given " + corners);
      }
    }
  }

  /// A family of policies on three outcomes.
  ///
  /// @param name what a reader calls it
  /// @param policies the probabilities of the three outcomes, a policy each
  /// @param marked whether each policy gets a mark
  record Path(String name, List<double[]> policies, boolean marked) {
    /// Copies the policies.
    ///
    /// @throws IllegalArgumentException if one has not three probabilities of sum 1
    public Path {
      policies = policies.stream().map(double[]::clone).toList();
      for (double[] policy : policies) {
        if (policy.length != 3 || !(Math.abs(policy[0] + policy[1] + policy[2] - 1) < 1e-9)) {
          throw new IllegalArgumentException(
              "the path '%s' needs policies of three probabilities with sum 1, was %s"
                  .formatted(name, java.util.Arrays.toString(policy)));
        }
      }
    }
  }
}
