package dev.troupe.architecture.cell;

/**
 * What lies on an edge: it adds layers to a graph, keeps sides and channels, and returns the last.
 */
interface Step {

  /** Returns a short text for the names of layers. */
  String text();

  String addTo(Scope scope, String input, int channels);

  /** Returns an operation as a step. */
  static Step of(Operation operation) {
    return new Step() {
      @Override
      public String text() {
        return operation.text();
      }

      @Override
      public String addTo(Scope scope, String input, int channels) {
        return operation.addTo(scope, input, channels, 1);
      }
    };
  }
}
