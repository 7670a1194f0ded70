package dev.troupe.architecture.cell;

import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * A block that a structure code describes, as a step; layers that nobody reads are concatenated.
 *
 * @param code of the block
 */
record CodedBlock(StructureCode code) implements Step {

  @Override
  public String text() {
    return "block";
  }

  @Override
  public String addTo(Scope scope, String input, int channels) {
    var states = new ArrayList<String>();
    states.add(Chains.fit(scope.in("input"), input, channels));
    for (StructureCode.CodedLayer layer : code.layers()) {
      Scope own = scope.in("layer-%d.%s".formatted(states.size(), layer.type().text()));
      List<String> inputs = layer.inputs().stream().map(states::get).toList();
      states.add(layer(own, layer, inputs, channels));
    }
    return Chains.concatenated(scope, code.looseEnds().stream().map(states::get).toList());
  }

  private static String layer(
      Scope scope, StructureCode.CodedLayer layer, List<String> inputs, int channels) {
    Window window = Window.square(Math.max(1, layer.kernel()));
    String first = inputs.get(0);
    return switch (layer.type()) {
      case CONVOLUTION -> Chains.reluConvolution(scope, first, channels, window);
      case MAX_POOLING -> scope.add(new Layer.Pooling(Layer.Pool.MAX, window), first);
      case AVERAGE_POOLING -> scope.add(new Layer.Pooling(Layer.Pool.AVERAGE, window), first);
      case IDENTITY -> scope.add(new Layer.Identity(), first);
      case ADD -> scope.add(new Layer.Add(), inputs);
      case CONCATENATE -> Chains.fit(scope, scope.add(new Layer.Concatenate(), inputs), channels);
    };
  }
}
