package dev.troupe.estimator.curve;

import dev.troupe.settings.Option;
import java.util.List;

/** Provides {@code fast}. */
public final class FastCurveModelProvider implements CurveModelProvider {

  @Override
  public String name() {
    return "fast";
  }

  @Override
  public String description() {
    return "each curve alone: a bending power law and eleven families by least squares";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public CurveModel create(CurveModelRequest request) {
    return new FastCurveModel();
  }
}
