package dev.troupe.estimator.curve;

import java.util.List;

/** All parametric families. */
final class CurveFamilies {

  /** The eleven of Domhan et al., in the order of their table. */
  static final List<CurveFamily> ALL =
      List.of(
          new LogarithmicFamilies.VapourPressure(),
          new PowerFamilies.Pow3(),
          new LogarithmicFamilies.LogLogLinear(),
          new SigmoidFamilies.Hill3(),
          new SigmoidFamilies.LogPower(),
          new PowerFamilies.Pow4(),
          new SigmoidFamilies.Mmf(),
          new ExponentialFamilies.Exp4(),
          new ExponentialFamilies.Janoschek(),
          new ExponentialFamilies.Weibull(),
          new LogarithmicFamilies.Ilog2());

  private CurveFamilies() {}
}
