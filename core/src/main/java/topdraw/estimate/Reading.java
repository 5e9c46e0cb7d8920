package topdraw.estimate;

import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.RandomAccess;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.pool.PromptKl;
import topdraw.theory.pool.PromptSeenMass;

/// What the draws of one prompt give for a measure at one `n`, laid out as numbers.
sealed interface Reading {
  /// How many numbers there are.
  ///
  /// @param spread whether how they vary with the drawing is among them
  int width(boolean spread);

  /// The numbers; the first is NaN where the draws cannot say.
  double[] of(PromptAt at);

  /// A number, and then, where asked for, how it varies with the drawing ([Redrawn]).
  ///
  /// @param value its value for one prompt; NaN when this prompt's draws cannot say
  /// @param spread how it varies, where that is known without drawing anew
  record Value(ToDoubleFunction<PromptAt> value, Optional<Function<PromptAt, double[]>> spread)
      implements Reading {
    Value(ToDoubleFunction<PromptAt> value) {
      this(value, Optional.empty());
    }

    @Override
    public int width(boolean spread) {
      return spread ? 1 + Redrawn.WIDTH : 1;
    }

    @Override
    public double[] of(PromptAt at) {
      return new double[] {value.applyAsDouble(at)};
    }
  }

  /// A bound on the drift that is certain of its prompt, and what a chance of failing adds to it.
  ///
  /// @param mass what the draws prove
  record Mass(Function<PromptAt, PromptSeenMass> mass) implements Reading {
    private static final int WIDTH = 3;

    /// What a chance of failing adds is asked where prompts speak of themselves alone.
    @Override
    public int width(boolean spread) {
      return spread ? WIDTH : 1;
    }

    @Override
    public double[] of(PromptAt at) {
      PromptSeenMass known = mass.apply(at);
      return new double[] {
        Math.clamp(known.certain(), 0, KlBounds.analytical(at.n())),
        known.logSeen(),
        known.logUpTo()
      };
    }
  }

  /// The KL divergence with what its interval needs.
  ///
  /// @param drift what the draws say of it
  record Drift(Function<PromptAt, PromptKl> drift) implements Reading {
    private static final int WIDTH = 4;

    @Override
    public int width(boolean spread) {
      return WIDTH;
    }

    @Override
    public double[] of(PromptAt at) {
      PromptKl kl = drift.apply(at);
      return new double[] {
        kl.estimate(), kl.variance(), kl.unseen(), kl.exact().orElse(Double.NaN)
      };
    }

    /// Of a million prompts each is made when it is asked for.
    private static final class Prompts extends AbstractList<PromptKl> implements RandomAccess {
      private final List<double[]> numbers;
      private final int[] draws;

      Prompts(List<double[]> numbers, int[] draws) {
        this.numbers = numbers;
        this.draws = draws;
      }

      @Override
      public PromptKl get(int j) {
        double exact = numbers.get(3)[j];
        return new PromptKl(
            draws[j],
            numbers.get(0)[j],
            Double.isNaN(exact) ? OptionalDouble.empty() : OptionalDouble.of(exact),
            numbers.get(1)[j],
            numbers.get(2)[j]);
      }

      @Override
      public int size() {
        return draws.length;
      }
    }

    /// What each prompt said.
    ///
    /// @param numbers a column for each of the numbers
    /// @param draws how many draws each prompt has
    static List<PromptKl> read(List<double[]> numbers, int[] draws) {
      return new Prompts(numbers, draws);
    }
  }
}
