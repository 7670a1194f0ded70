package dev.troupe.space;

import java.util.List;

/** Placeholder that grows in the next commit. */
public final class SearchSpace {

  private final List<Parameter> parameters;

  SearchSpace(List<Parameter> parameters) {
    this.parameters = List.copyOf(parameters);
  }

  /** Returns the parameters in order. */
  public List<Parameter> parameters() {
    return parameters;
  }
}
