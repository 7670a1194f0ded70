package dev.troupe.daemon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.study.Budget;
import dev.troupe.study.Instruction;
import java.io.Console;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that ask something of a study. */
final class ControlCommands {

  /** What makes each of them. */
  static final Map<Class<?>, Function<Terminal, Object>> FACTORIES =
      Map.of(
          Pause.class, Pause::new,
          Resume.class, Resume::new,
          Stop.class, Stop::new,
          Extend.class, Extend::new,
          Parallelism.class, Parallelism::new,
          Enqueue.class, Enqueue::new,
          Delete.class, Delete::new);

  private ControlCommands() {}

  /** Pauses a study. */
  @Command(
      name = "pause",
      description = "Begins nothing more in a study until it is resumed; what runs goes on.",
      mixinStandardHelpOptions = true)
  static final class Pause extends ControlCommand {

    Pause(Terminal terminal) {
      super(terminal);
    }

    @Override
    Instruction instruction() {
      return new Instruction.Pause();
    }
  }

  /** Lets a paused study go on. */
  @Command(
      name = "resume",
      description = "Lets a paused study go on.",
      mixinStandardHelpOptions = true)
  static final class Resume extends ControlCommand {

    Resume(Terminal terminal) {
      super(terminal);
    }

    @Override
    Instruction instruction() {
      return new Instruction.Resume();
    }
  }

  /** Stops a study. */
  @Command(
      name = "stop",
      description = "Ends a study when its running trials have ended. It goes on when run again.",
      mixinStandardHelpOptions = true)
  static final class Stop extends ControlCommand {

    @Option(names = "--now", description = "interrupts running trials")
    private boolean now;

    Stop(Terminal terminal) {
      super(terminal);
    }

    @Override
    Instruction instruction() {
      return new Instruction.Stop(now);
    }
  }

  /** Extends the budget of a study. */
  @Command(
      name = "extend",
      description = {
        "Lets a study spend more: limits are those of the whole study, and each one given takes the",
        "place of a narrower one. An ended study goes on when it is run again."
      },
      mixinStandardHelpOptions = true)
  static final class Extend extends ControlCommand {

    @Option(names = "--trials", paramLabel = "N", description = "trials started")
    private @Nullable Long trials;

    @Option(names = "--wall-clock", paramLabel = "TIME", description = "time, as in 10m or 2h")
    private @Nullable String wallClock;

    @Option(names = "--virtual-time", paramLabel = "TIME", description = "on the virtual clock")
    private @Nullable String virtualTime;

    @Option(names = "--device-hours", paramLabel = "X", description = "hours of any devices")
    private @Nullable Double deviceHours;

    @Option(names = "--gpu-hours", paramLabel = "X", description = "hours of GPUs")
    private @Nullable Double gpuHours;

    @Option(names = "--target", paramLabel = "X", description = "a value that is good enough")
    private @Nullable Double target;

    @Option(
        names = "--no-improvement",
        paramLabel = "N",
        description = "trials in a row without a better one")
    private @Nullable Long noImprovement;

    Extend(Terminal terminal) {
      super(terminal);
    }

    @Override
    Instruction instruction() {
      return new Instruction.Extend(
          new Budget(
              trials,
              time("wall-clock", wallClock),
              time("virtual-time", virtualTime),
              deviceHours,
              gpuHours,
              target,
              noImprovement));
    }

    private static @Nullable Duration time(String name, @Nullable String text) {
      return text == null ? null : Settings.of("budget", Map.of(name, text)).findDuration(name);
    }
  }

  /** Changes the parallelism of a study. */
  @Command(
      name = "parallelism",
      description = "Changes how many trials a study keeps in flight.",
      mixinStandardHelpOptions = true)
  static final class Parallelism extends ControlCommand {

    @Parameters(index = "1", paramLabel = "N", description = "how many")
    private int trials;

    Parallelism(Terminal terminal) {
      super(terminal);
    }

    @Override
    Instruction instruction() {
      return new Instruction.Parallelism(trials);
    }
  }

  /** Has a candidate evaluated. */
  @Command(
      name = "enqueue",
      description = "Has a candidate evaluated in a study before the strategy is asked again.",
      mixinStandardHelpOptions = true)
  static final class Enqueue extends ControlCommand {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(
        index = "1..*",
        paramLabel = "KEY=VALUE",
        description = "the candidate's values by parameter")
    private List<String> values = List.of();

    @Option(
        names = "--json",
        paramLabel = "OBJECT",
        description = "the same as an object, such as a configuration that 'best --json' prints")
    private @Nullable String json;

    Enqueue(Terminal terminal) {
      super(terminal);
    }

    @Override
    Instruction instruction() {
      if ((json == null) == values.isEmpty()) {
        throw new IllegalArgumentException(
            "enqueue needs a candidate, either as KEY=VALUE … or as --json OBJECT. Maybe x=0.5.");
      }
      return new Instruction.Enqueue(Configuration.of(json == null ? byKey() : byObject(json)));
    }

    private Map<String, Object> byKey() {
      var candidate = new LinkedHashMap<String, Object>();
      for (String each : values) {
        int equals = each.indexOf('=');
        if (equals < 1) {
          throw new IllegalArgumentException(
              "enqueue needs KEY=VALUE, but got '%s'. Maybe x=0.5.".formatted(each));
        }
        candidate.put(each.substring(0, equals), value(each.substring(equals + 1)));
      }
      return candidate;
    }

    /** What is no number, boolean or quoted text in JSON is a text. */
    private static Object value(String text) {
      try {
        JsonNode node = JSON.readTree(text);
        return node.isValueNode() && !node.isNull() ? plain(node) : text;
      } catch (JsonProcessingException e) {
        return text;
      }
    }

    private static Map<String, Object> byObject(String text) {
      var candidate = new LinkedHashMap<String, Object>();
      try {
        JsonNode object = JSON.readTree(text);
        if (!object.isObject()) {
          throw new IllegalArgumentException(
              "--json needs an object, but got '%s'. Maybe '{\"x\":0.5}'.".formatted(text));
        }
        object.fields().forEachRemaining(each -> candidate.put(each.getKey(), plain(each)));
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(
            "--json cannot be read: %s. Maybe '{\"x\":0.5}'.".formatted(e.getOriginalMessage()), e);
      }
      return candidate;
    }

    private static Object plain(Map.Entry<String, JsonNode> entry) {
      if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
        throw new IllegalArgumentException(
            "Parameter '%s': a value is a number, a boolean or a text, but it was %s."
                .formatted(entry.getKey(), entry.getValue()));
      }
      return plain(entry.getValue());
    }

    private static Object plain(JsonNode value) {
      if (value.isBoolean()) {
        return value.booleanValue();
      }
      if (value.isIntegralNumber() && value.canConvertToLong()) {
        return value.longValue();
      }
      return value.isNumber() ? (Object) value.doubleValue() : value.asText();
    }
  }

  /** Deletes a study. */
  @Command(
      name = "delete",
      description = "Deletes all that is kept of a study that nobody runs.",
      mixinStandardHelpOptions = true)
  static final class Delete implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "STUDY", description = "the study's name")
    private String name = "";

    @Mixin private final KeptArguments arguments = new KeptArguments();

    @Option(names = "--yes", description = "does not ask whether that is meant")
    private boolean yes;

    Delete(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      if (!yes && !isMeant()) {
        terminal.err().println("Study '%s' is kept.".formatted(name));
        return ExitStatus.USAGE;
      }
      arguments.control().delete(name);
      terminal.out().println("Study '%s' is deleted.".formatted(name));
      return ExitStatus.DONE;
    }

    private boolean isMeant() {
      Console console = System.console();
      if (console == null) {
        throw new IllegalArgumentException(
            "delete asks before it deletes study '%s', but there is no terminal. Maybe --yes."
                .formatted(name));
      }
      String answer = console.readLine("Delete all that is kept of study '%s'? [y/N] ", name);
      return answer != null && answer.strip().equalsIgnoreCase("y");
    }
  }
}
