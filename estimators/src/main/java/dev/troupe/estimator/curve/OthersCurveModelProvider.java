package dev.troupe.estimator.curve;

import dev.troupe.settings.Option;
import java.util.List;

/** Provides {@code others}. */
public final class OthersCurveModelProvider implements CurveModelProvider {

  @Override
  public String name() {
    return "others";
  }

  @Override
  public String description() {
    return "from trials that ended: randomised trees over beginnings and configurations";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public CurveModel create(CurveModelRequest request) {
    return new OthersCurveModel(request.streams());
  }
}
