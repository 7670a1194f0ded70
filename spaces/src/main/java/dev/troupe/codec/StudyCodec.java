package dev.troupe.codec;

import dev.troupe.study.Budget;
import dev.troupe.study.Direction;
import dev.troupe.study.Objective;
import dev.troupe.study.StudyState;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The first version of how what concerns a study as a whole is written. */
public final class StudyCodec {

  private StudyCodec() {}

  public static void writeObjective(EventOutput out, Objective objective) {
    out.writeText(objective.metric());
    out.writeByte(
        switch (objective.direction()) {
          case MINIMIZE -> 1;
          case MAXIMIZE -> 2;
        });
  }

  public static Objective readObjective(EventInput in) {
    String metric = in.readText();
    int direction = in.readByte();
    return new Objective(
        metric,
        switch (direction) {
          case 1 -> Direction.MINIMIZE;
          case 2 -> Direction.MAXIMIZE;
          default -> throw new DamageException("%d is no direction".formatted(direction));
        });
  }

  public static void writeBudget(EventOutput out, Budget budget) {
    writeOptional(out, budget.trials());
    writeOptional(out, budget.wallClock());
    writeOptional(out, budget.virtualTime());
    writeOptional(out, budget.deviceHours());
    writeOptional(out, budget.gpuHours());
    writeOptional(out, budget.target());
    writeOptional(out, budget.noImprovement());
  }

  public static Budget readBudget(EventInput in) {
    return new Budget(
        in.readBoolean() ? in.readLong() : null,
        in.readBoolean() ? in.readDuration() : null,
        in.readBoolean() ? in.readDuration() : null,
        in.readBoolean() ? in.readDouble() : null,
        in.readBoolean() ? in.readDouble() : null,
        in.readBoolean() ? in.readDouble() : null,
        in.readBoolean() ? in.readLong() : null);
  }

  private static void writeOptional(EventOutput out, @Nullable Long value) {
    out.writeBoolean(value != null);
    if (value != null) {
      out.writeLong(value);
    }
  }

  private static void writeOptional(EventOutput out, @Nullable Double value) {
    out.writeBoolean(value != null);
    if (value != null) {
      out.writeDouble(value);
    }
  }

  private static void writeOptional(EventOutput out, @Nullable Duration value) {
    out.writeBoolean(value != null);
    if (value != null) {
      out.writeDuration(value);
    }
  }

  public static void writeDefinition(EventOutput out, Map<String, String> definition) {
    out.writeAll(
        definition.entrySet(),
        (to, entry) -> {
          to.writeText(entry.getKey());
          to.writeText(entry.getValue());
        });
  }

  public static Map<String, String> readDefinition(EventInput in) {
    var definition = new TreeMap<String, String>();
    for (int left = in.readCount(); left > 0; left--) {
      definition.put(in.readText(), in.readText());
    }
    return definition;
  }

  public static void writeState(EventOutput out, StudyState state) {
    out.writeByte(
        switch (state) {
          case RUNNING -> 1;
          case DONE -> 2;
          case STOPPED -> 3;
          case FAILED -> 4;
        });
  }

  public static StudyState readState(EventInput in) {
    int code = in.readByte();
    return switch (code) {
      case 1 -> StudyState.RUNNING;
      case 2 -> StudyState.DONE;
      case 3 -> StudyState.STOPPED;
      case 4 -> StudyState.FAILED;
      default -> throw new DamageException("%d is no state of a study".formatted(code));
    };
  }

  public static void writeVerdict(EventOutput out, Verdict verdict) {
    out.writeByte(
        switch (verdict) {
          case CONTINUE -> 1;
          case PAUSE -> 2;
          case STOP -> 3;
        });
  }

  public static Verdict readVerdict(EventInput in) {
    int code = in.readByte();
    return switch (code) {
      case 1 -> Verdict.CONTINUE;
      case 2 -> Verdict.PAUSE;
      case 3 -> Verdict.STOP;
      default -> throw new DamageException("%d is no verdict".formatted(code));
    };
  }
}
