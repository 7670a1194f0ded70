package dev.troupe.architecture;

import static java.util.Objects.requireNonNull;

import dev.troupe.settings.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Layers as named fields, which JSON writes and reads, and by which layers are told apart. */
final class LayerFields {

  /** The greatest width, side or stride that is read: what is larger was never meant. */
  private static final int LARGEST = 1 << 30;

  private static final Map<String, Function<Settings, Layer>> READERS = readers();

  private LayerFields() {}

  /** Returns the names of all kinds. */
  static List<String> kinds() {
    return List.copyOf(READERS.keySet());
  }

  /** Returns the fields of a layer besides its kind, in a fixed order. */
  static Map<String, Object> write(Layer layer) {
    var fields = new LinkedHashMap<String, Object>();
    if (layer instanceof Layer.Projection projection) {
      fields.put(
          layer instanceof Layer.Convolving ? "filters" : widthName(layer), projection.width());
    }
    if (layer instanceof Layer.Windowed windowed) {
      write(windowed.window(), fields);
    }
    if (layer instanceof Layer.Biased biased && !(layer instanceof Layer.Output)) {
      fields.put("bias", biased.bias());
    }
    if (layer instanceof Layer.Input input) {
      fields.put("channels", input.shape().channels());
      fields.put("height", input.shape().height());
      fields.put("width", input.shape().width());
    } else if (layer instanceof Layer.Pooling pooling) {
      fields.put("pool", lower(pooling.pool()));
    } else if (layer instanceof Layer.GlobalPooling pooling) {
      fields.put("pool", lower(pooling.pool()));
    } else if (layer instanceof Layer.Activation activation) {
      fields.put("function", activation.function().text());
    } else if (layer instanceof Layer.Dropout dropout) {
      fields.put("rate", dropout.rate());
    } else if (layer instanceof Layer.Zero zero) {
      fields.put("stride", zero.stride());
    } else if (layer instanceof Layer.Shift shift) {
      fields.put("rows", shift.rows());
      fields.put("columns", shift.columns());
    } else if (layer instanceof Layer.Pad pad) {
      fields.put("height", pad.height());
      fields.put("width", pad.width());
    }
    return fields;
  }

  private static String widthName(Layer layer) {
    return layer instanceof Layer.Output ? "outputs" : "units";
  }

  private static void write(Window window, Map<String, Object> fields) {
    fields.put("kernel", List.of(window.height(), window.width()));
    fields.put("stride", List.of(window.strideHeight(), window.strideWidth()));
    fields.put("dilation", window.dilation());
    fields.put("padding", lower(window.padding()));
  }

  /**
   * Returns the layer of a kind that {@link #kinds} lists.
   *
   * @throws IllegalArgumentException if a field is missing, unknown or wrong
   */
  static Layer read(String kind, Settings fields) {
    return requireNonNull(READERS.get(kind), kind).apply(fields);
  }

  private static Map<String, Function<Settings, Layer>> readers() {
    var readers = new LinkedHashMap<String, Function<Settings, Layer>>();
    readers.put(
        "input",
        fields ->
            new Layer.Input(
                new Shape(
                    number(fields, "channels"),
                    number(fields, "height"),
                    number(fields, "width"))));
    readers.put("output", fields -> new Layer.Output(number(fields, "outputs")));
    readers.put(
        "dense",
        fields -> new Layer.Dense(number(fields, "units"), fields.getBoolean("bias", true)));
    readers.put(
        "convolution",
        fields ->
            new Layer.Convolution(
                number(fields, "filters"), window(fields), fields.getBoolean("bias", true)));
    readers.put(
        "depthwise-convolution",
        fields -> new Layer.DepthwiseConvolution(window(fields), fields.getBoolean("bias", true)));
    readers.put(
        "separable-convolution",
        fields ->
            new Layer.SeparableConvolution(
                number(fields, "filters"), window(fields), fields.getBoolean("bias", true)));
    readers.put("batch-normalization", fields -> new Layer.BatchNormalization());
    readers.put("pooling", fields -> new Layer.Pooling(pool(fields), window(fields)));
    readers.put("global-pooling", fields -> new Layer.GlobalPooling(pool(fields)));
    readers.put("activation", fields -> new Layer.Activation(function(fields)));
    readers.put(
        "dropout",
        fields -> {
          fields.requireString("rate", "0.5");
          return new Layer.Dropout(fields.getDouble("rate", 0, 0, 1));
        });
    readers.put("identity", fields -> new Layer.Identity());
    readers.put("zero", fields -> new Layer.Zero(fields.getInt("stride", 1, 1, LARGEST)));
    readers.put(
        "shift", fields -> new Layer.Shift(number(fields, "rows"), number(fields, "columns")));
    readers.put("pad", fields -> new Layer.Pad(number(fields, "height"), number(fields, "width")));
    readers.put("flatten", fields -> new Layer.Flatten());
    readers.put("add", fields -> new Layer.Add());
    readers.put("mean", fields -> new Layer.Mean());
    readers.put("gated-add", fields -> new Layer.GatedAdd());
    readers.put("concatenate", fields -> new Layer.Concatenate());
    return readers;
  }

  private static int number(Settings fields, String key) {
    fields.requireString(key, "1");
    return fields.getInt(key, 0, 0, LARGEST);
  }

  private static Layer.Pool pool(Settings fields) {
    return oneOf(fields, "pool", Layer.Pool.values());
  }

  private static Layer.Function function(Settings fields) {
    return oneOf(fields, "function", Layer.Function.values());
  }

  private static <E extends Enum<E>> E oneOf(Settings fields, String key, E[] values) {
    List<String> names = Arrays.stream(values).map(LayerFields::lower).toList();
    fields.requireString(key, names.get(0));
    return values[names.indexOf(fields.getOneOf(key, names.get(0), names))];
  }

  private static Window window(Settings fields) {
    int[] kernel = pair(fields, "kernel", List.of());
    int[] stride = pair(fields, "stride", List.of("1", "1"));
    return new Window(
        kernel[0],
        kernel[1],
        stride[0],
        stride[1],
        fields.getInt("dilation", 1, 1, LARGEST),
        fields.has("padding") ? oneOf(fields, "padding", Padding.values()) : Padding.SAME);
  }

  private static int[] pair(Settings fields, String key, List<String> fallback) {
    List<String> texts = fields.getStrings(key, fallback);
    var numbers = new ArrayList<Integer>();
    for (String text : texts) {
      try {
        numbers.add(Integer.valueOf(text));
      } catch (NumberFormatException e) {
        throw fields.refuse(key, "must be two whole numbers, rows and columns");
      }
    }
    if (numbers.size() != 2) {
      throw fields.has(key)
          ? fields.refuse(key, "must be two whole numbers, rows and columns")
          : new IllegalArgumentException(
              "%s.%s must be set. Maybe add %s = [3, 3].".formatted(fields.part(), key, key));
    }
    return new int[] {numbers.get(0), numbers.get(1)};
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
