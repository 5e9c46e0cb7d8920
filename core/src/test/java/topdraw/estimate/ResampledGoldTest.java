package topdraw.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import topdraw.theory.bound.KlBounds;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.theory.finding.Interval;
import topdraw.theory.finding.Quantity;

/// The joint band of a gold curve and the intervals of its fit, against numpy: the same resamples
/// ([Steps]), standard errors with `ddof = 1`, least squares by `numpy.linalg.lstsq`, the ends as
/// the sorted values at `ceil(0.95 * 1000)` and at `floor(300 * tail)`.
class ResampledGoldTest {
  private static final double[][] CURVES = {
    {0, 1, 3}, {1, 2, 2}, {4, 4, 9}, {2, 7, 5}, {0.5, 0.25, 8}
  };

  private static final double[][] GOLD = {
    {0.1, 0.5, 0.6, 0.3},
    {0.2, 0.4, 0.7, 0.5},
    {0.0, 0.6, 0.5, 0.2},
    {0.3, 0.5, 0.9, 0.6},
    {0.1, 0.3, 0.4, 0.4},
    {0.2, 0.7, 0.8, 0.3}
  };

  private static final double[] SHARES = {0.5, 0.6, 0.4, 0.7, 0.9, 0.8};

  private static final Offset<Double> CLOSE = within(1e-11);

  @Test
  void theBandAtItsOwnLevel() {
    assertBand(
        0.95,
        new double[][] {
          {-2.9721359549995796, 5.97213595499958},
          {-4.824633541739958, 10.524633541739957},
          {-3.2255434611391287, 14.02554346113913}
        });
    assertBand(
        0.8,
        new double[][] {
          {-0.23205080756887764, 3.2320508075688776},
          {-0.12237278954037034, 5.8223727895403705},
          {2.059341382301987, 8.740658617698013}
        });
  }

  private static void assertBand(double confidence, double[][] expected) {
    List<Interval> band = JointBand.of(CURVES, new Confidence(confidence), new Steps(7));
    assertThat(band).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(band.get(i).lower()).isCloseTo(expected[i][0], CLOSE);
      assertThat(band.get(i).upper()).isCloseTo(expected[i][1], CLOSE);
    }
  }

  /// On the formula's axis, then on the estimated one, from one row of random numbers.
  @Test
  void theFitOnBothAxesAndItsIntervals() {
    double[] formula =
        Arrays.stream(new int[] {1, 2, 8, 64}).mapToDouble(KlBounds::analytical).toArray();
    double[][] drift =
        Arrays.stream(SHARES)
            .mapToObj(share -> Arrays.stream(formula).map(kl -> share * kl).toArray())
            .toArray(double[][]::new);
    List<Overoptimization.Fit> fits =
        new GaoFits(GOLD, 384, new Steps(11), new Confidence(0.9)).on(formula, Optional.of(drift));
    assertFit(
        fits.get(0),
        new double[][] {
          {0.9918914348818031, 0.7649874319988859, 1.2210900935177222},
          {0.4837654452036696, 0.3295930605643118, 0.6380684641693994},
          {1.0509900412782052, 0.9248398896061841, 1.2836298510708468}
        });
    assertFit(
        fits.get(1),
        new double[][] {
          {1.2302899086687367, 0.8753585728983562, 1.5889684914126723},
          {0.7442545310825688, 0.4530805921345715, 1.0756443045491426},
          {0.6831435268308339, 0.5308563350388767, 0.9393682566568355}
        });
  }

  /// Alpha, beta and the peak: the value, then the ends of its interval.
  private static void assertFit(Overoptimization.Fit fit, double[][] expected) {
    assertThat(fit.findings()).hasSize(expected.length);
    for (int k = 0; k < expected.length; k++) {
      Finding finding = fit.findings().get(k);
      Interval interval = finding.interval().orElseThrow();
      assertThat(finding.value()).isCloseTo(expected[k][0], CLOSE);
      assertThat(interval.lower()).isCloseTo(expected[k][1], CLOSE);
      assertThat(interval.upper()).isCloseTo(expected[k][2], CLOSE);
      assertThat(finding.confidence()).hasValue(0.9);
    }
  }

  /// Resamples of two curves are one of them twice, which says nothing, or both, whose mean is the
  /// mean: they do not tell how far it strays. Student does, at 0.05 shared by two points: 25.4517
  /// at one degree of freedom.
  @Test
  void twoCurvesHaveABandOfSomeWidth() {
    double[][] two = {{0, 1}, {2, 4}};
    List<Interval> band = JointBand.of(two, new Confidence(0.95), new Steps(7));
    double factor = 1 / Math.tan(Math.PI * 0.0125);
    assertThat(factor).isCloseTo(25.4517, within(1e-4));
    assertThat(band.get(0).lower()).isCloseTo(1 - factor, within(1e-9));
    assertThat(band.get(0).upper()).isCloseTo(1 + factor, within(1e-9));
    assertThat(band.get(1).lower()).isCloseTo(2.5 - 1.5 * factor, within(1e-9));
    assertThat(band.get(1).upper()).isCloseTo(2.5 + 1.5 * factor, within(1e-9));
  }

  /// One of 27 resamples of three curves has that at 0 alone, and says nothing: no error is 0 there
  /// and makes the band endless. A unit a hundred million times as large makes no other band.
  @Test
  void promptsThatAreAlikeSayNothingAndUnitsDoNotMatter() {
    double[][] three = {{0}, {1}, {3}};
    Interval only = JointBand.of(three, new Confidence(0.97), new Steps(7)).getFirst();
    assertThat(only.upper()).isBetween(2.0, 40.0);
    double[][] small =
        Arrays.stream(CURVES)
            .map(curve -> Arrays.stream(curve).map(x -> 1e-8 * x).toArray())
            .toArray(double[][]::new);
    List<Interval> band = JointBand.of(CURVES, new Confidence(0.8), new Steps(7));
    List<Interval> tiny = JointBand.of(small, new Confidence(0.8), new Steps(7));
    for (int i = 0; i < band.size(); i++) {
      assertThat(1e8 * tiny.get(i).lower()).isCloseTo(band.get(i).lower(), within(1e-9));
      assertThat(1e8 * tiny.get(i).upper()).isCloseTo(band.get(i).upper(), within(1e-9));
    }
  }

  /// The curve has two coefficients, so it wants two drifts above 0; it has a peak only where gold
  /// falls within the data.
  @Test
  void aFitWantsTwoDriftsAndAPeakInsideThem() {
    double[][] rising = {{0, 1, 1.6}, {0, 1.1, 1.5}, {0.1, 1, 1.7}};
    var fits = new GaoFits(rising, 30, new Steps(3), new Confidence(0.9));
    assertThat(fits.on(new double[] {0, 0.3, 0.3}, Optional.empty())).isEmpty();
    assertThat(fits.on(new double[] {0, 0, 0.3}, Optional.empty())).isEmpty();
    List<Overoptimization.Fit> found = fits.on(new double[] {0, 0.3, 0.9}, Optional.empty());
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().findings())
        .extracting(Finding::quantity)
        .containsExactly(Quantity.ALPHA, Quantity.BETA);
    assertThat(found.getFirst().findings())
        .allSatisfy(f -> assertThat(f.source()).isEqualTo(GoldStudy.FIT_ON_FORMULA))
        .allSatisfy(f -> assertThat(f.samples()).hasValue(30))
        .allSatisfy(f -> assertThat(f.prompts()).hasValue(3));
  }
}
