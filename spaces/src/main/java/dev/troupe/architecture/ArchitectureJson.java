package dev.troupe.architecture;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import dev.troupe.settings.Nearest;
import dev.troupe.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Architectures as JSON: {@code {"schema":1,"layers":[{"name":"input","layer":"input", … },
 * {"name":"convolution-1","layer":"convolution","filters":16, … ,"inputs":["input"]}]}}.
 */
final class ArchitectureJson {

  /** The newest version of the form; older ones stay readable. */
  private static final int SCHEMA = 1;

  private ArchitectureJson() {}

  static String write(Architecture architecture) {
    var json = new StringBuilder("{\"schema\":").append(SCHEMA).append(",\"layers\":[");
    String separator = "";
    for (Node node : architecture.nodes()) {
      json.append(separator);
      write(node, json);
      separator = ",";
    }
    return json.append("]}").toString();
  }

  private static void write(Node node, StringBuilder json) {
    json.append("{\"name\":").append(text(node.name()));
    json.append(",\"layer\":").append(text(node.layer().kind()));
    for (Map.Entry<String, Object> field : LayerFields.write(node.layer()).entrySet()) {
      json.append(',').append(text(field.getKey())).append(':');
      Object value = field.getValue();
      if (value instanceof String string) {
        json.append(text(string));
      } else {
        json.append(value.toString().replace(" ", "")); // numbers, booleans and lists of numbers
      }
    }
    if (!node.inputs().isEmpty()) {
      List<String> inputs = node.inputs().stream().map(ArchitectureJson::text).toList();
      json.append(",\"inputs\":[").append(String.join(",", inputs)).append(']');
    }
    json.append('}');
  }

  private static String text(String value) {
    return ConfigUtil.quoteString(value);
  }

  static Architecture read(String json) {
    Config config;
    try {
      config =
          ConfigFactory.parseString(
              json,
              ConfigParseOptions.defaults()
                  .setSyntax(ConfigSyntax.JSON)
                  .setOriginDescription("architecture"));
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          "An architecture must be JSON, but it is not: %s. Maybe a brace, a bracket or a quote is missing."
              .formatted(e.getMessage()),
          e);
    }
    Settings whole = Settings.of("architecture", config);
    whole.requireKnown(List.of("schema", "layers"));
    whole.requireString("schema", String.valueOf(SCHEMA));
    int schema = whole.getInt("schema", SCHEMA, Integer.MIN_VALUE, Integer.MAX_VALUE);
    if (schema < 1 || schema > SCHEMA) {
      throw whole.refuse(
          "schema", "must be from 1 to %d, the versions that are known here".formatted(SCHEMA));
    }
    return Architecture.of(nodes(config));
  }

  private static List<Node> nodes(Config config) {
    var nodes = new ArrayList<Node>();
    try {
      for (Config each : config.getConfigList("layers")) {
        nodes.add(node(each, nodes.size() + 1));
      }
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          "architecture.layers must be a list of blocks, but: %s. Maybe [{\"name\":\"input\",\"layer\":\"input\", … }, …]."
              .formatted(e.getMessage()),
          e);
    }
    return nodes;
  }

  private static Node node(Config each, int number) {
    Settings unnamed = Settings.of("architecture.layers[%d]".formatted(number), each);
    String name = unnamed.requireString("name", "\"layer-%d\"".formatted(number));
    Settings fields = Settings.of("layer '%s'".formatted(name), each);
    String kind = fields.requireString("layer", "\"dense\"");
    if (!LayerFields.kinds().contains(kind)) {
      throw fields.refuse(
          "layer",
          "must be a kind of layer (%s)".formatted(Nearest.hint(kind, LayerFields.kinds())));
    }
    Layer layer = LayerFields.read(kind, fields);
    var known = new ArrayList<String>(List.of("name", "layer", "inputs"));
    known.addAll(LayerFields.write(layer).keySet());
    fields.requireKnown(known);
    return new Node(name, layer, fields.getStrings("inputs", List.of()));
  }
}
