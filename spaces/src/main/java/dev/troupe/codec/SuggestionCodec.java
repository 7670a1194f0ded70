package dev.troupe.codec;

import dev.troupe.space.Configuration;
import dev.troupe.study.Explanation;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How suggestions and configurations are written. The second version puts the explanation of a
 * candidate in front of it; a suggestion that has none is written as in the first, which is told
 * apart by {@link #version}.
 */
public final class SuggestionCodec {

  private static final int EVALUATE = 1;
  private static final int TRAIN_SHARED = 2;
  private static final int SCORE_SHARED = 3;
  private static final int ARCHITECTURE_GRADIENT = 4;
  private static final int EXPLAINED = 5;

  private static final int FRESH = 1;
  private static final int CHECKPOINT = 2;
  private static final int PARENT = 3;
  private static final int PARTIAL = 4;

  private static final int REAL = 1;
  private static final int WHOLE = 2;
  private static final int FALSE = 3;
  private static final int TRUE = 4;
  private static final int TEXT = 5;

  private SuggestionCodec() {}

  /** Returns the version that {@link #write} uses: 2 if there is an explanation, else 1. */
  static int version(Suggestion suggestion) {
    return suggestion instanceof Suggestion.Evaluate evaluate && evaluate.explanation() != null
        ? 2
        : 1;
  }

  /** Writes a suggestion. */
  public static void write(EventOutput out, Suggestion suggestion) {
    if (suggestion instanceof Suggestion.Evaluate evaluate) {
      Explanation explanation = evaluate.explanation();
      if (explanation != null) {
        out.writeByte(EXPLAINED);
        writeExplanation(out, explanation);
      }
      out.writeByte(EVALUATE);
      writeConfiguration(out, evaluate.candidate());
      writeFidelity(out, evaluate.fidelity());
      writeWeights(out, evaluate.weights());
    } else if (suggestion instanceof Suggestion.TrainShared train) {
      out.writeByte(TRAIN_SHARED);
      out.writeAll(train.candidates(), SuggestionCodec::writeConfiguration);
      out.writeLong(train.steps());
    } else if (suggestion instanceof Suggestion.ScoreShared score) {
      out.writeByte(SCORE_SHARED);
      out.writeAll(score.candidates(), SuggestionCodec::writeConfiguration);
    } else if (suggestion instanceof Suggestion.ArchitectureGradient gradient) {
      out.writeByte(ARCHITECTURE_GRADIENT);
      out.writeAll(gradient.parameters(), EventOutput::writeDouble);
      out.writeLong(gradient.steps());
    }
  }

  /** Reads what {@link #write} wrote, in either version. */
  public static Suggestion read(EventInput in) {
    int kind = in.readByte();
    return switch (kind) {
      case EVALUATE -> readEvaluate(in);
      case TRAIN_SHARED ->
          new Suggestion.TrainShared(in.readAll(SuggestionCodec::readConfiguration), in.readInt());
      case SCORE_SHARED ->
          new Suggestion.ScoreShared(in.readAll(SuggestionCodec::readConfiguration));
      case ARCHITECTURE_GRADIENT ->
          new Suggestion.ArchitectureGradient(in.readAll(EventInput::readDouble), in.readInt());
      case EXPLAINED -> readExplained(in);
      default -> throw new DamageException("%d is no kind of suggestion".formatted(kind));
    };
  }

  private static Suggestion.Evaluate readEvaluate(EventInput in) {
    return new Suggestion.Evaluate(readConfiguration(in), readFidelity(in), readWeights(in));
  }

  private static Suggestion readExplained(EventInput in) {
    Explanation explanation = readExplanation(in);
    if (in.readByte() != EVALUATE) {
      throw new DamageException("an explanation is followed by no candidate");
    }
    return readEvaluate(in).explained(explanation);
  }

  private static Explanation readExplanation(EventInput in) {
    try {
      return new Explanation(
          in.readName(),
          readFigures(in),
          readFigures(in),
          in.readAll(
              from -> new Explanation.Neighbour(TrialId.of(from.readLong()), from.readDouble())));
    } catch (IllegalArgumentException e) {
      throw new DamageException("an explanation is none: " + e.getMessage(), e);
    }
  }

  private static void writeExplanation(EventOutput out, Explanation explanation) {
    out.writeText(explanation.reason());
    writeFigures(out, explanation.figures());
    writeFigures(out, explanation.lengthScales());
    out.writeAll(
        explanation.nearest(),
        (to, neighbour) -> {
          to.writeLong(neighbour.trial().number());
          to.writeDouble(neighbour.distance());
        });
  }

  private static void writeFigures(EventOutput out, Map<String, Double> figures) {
    out.writeAll(
        figures.entrySet(),
        (to, figure) -> {
          to.writeText(figure.getKey());
          to.writeDouble(figure.getValue());
        });
  }

  private static Map<String, Double> readFigures(EventInput in) {
    int count = in.readCount();
    var figures = new LinkedHashMap<String, Double>(2 * count);
    for (int i = 0; i < count; i++) {
      figures.put(in.readName(), in.readDouble());
    }
    return figures;
  }

  /** Writes a configuration. */
  public static void writeConfiguration(EventOutput out, Configuration configuration) {
    out.writeAll(
        configuration.toMap().entrySet(),
        (to, entry) -> {
          to.writeText(entry.getKey());
          writeValue(to, entry.getValue());
        });
  }

  /** Reads what {@link #writeConfiguration} wrote. */
  public static Configuration readConfiguration(EventInput in) {
    int count = in.readCount();
    var values = new LinkedHashMap<String, Object>(2 * count);
    for (int i = 0; i < count; i++) {
      values.put(in.readName(), readValue(in));
    }
    return Configuration.of(values);
  }

  private static void writeValue(EventOutput out, Object value) {
    if (value instanceof Double real) {
      out.writeByte(REAL);
      out.writeDouble(real);
    } else if (value instanceof Long whole) {
      out.writeByte(WHOLE);
      out.writeLong(whole);
    } else if (value instanceof Boolean flag) {
      out.writeByte(flag ? TRUE : FALSE);
    } else if (value instanceof String text) {
      out.writeByte(TEXT);
      out.writeText(text);
    } else {
      throw new IllegalArgumentException(
          "A value of a configuration is a number, a boolean or a text, but it was %s (%s)."
              .formatted(value, value.getClass().getName()));
    }
  }

  private static Object readValue(EventInput in) {
    int kind = in.readByte();
    return switch (kind) {
      case REAL -> in.readDouble();
      case WHOLE -> in.readLong();
      case FALSE -> false;
      case TRUE -> true;
      case TEXT -> in.readName();
      default -> throw new DamageException("%d is no kind of value".formatted(kind));
    };
  }

  static void writeFidelity(EventOutput out, Fidelity fidelity) {
    out.writeAll(
        fidelity.axes().entrySet(),
        (to, axis) -> {
          to.writeText(axis.getKey());
          to.writeDouble(axis.getValue());
        });
  }

  static Fidelity readFidelity(EventInput in) {
    int count = in.readCount();
    if (count == 0) {
      return Fidelity.full();
    }
    var axes = new TreeMap<String, Double>();
    for (int i = 0; i < count; i++) {
      axes.put(in.readName(), in.readDouble());
    }
    return new Fidelity(axes);
  }

  private static void writeWeights(EventOutput out, WeightSource weights) {
    if (weights instanceof WeightSource.Fresh) {
      out.writeByte(FRESH);
    } else if (weights instanceof WeightSource.Checkpoint checkpoint) {
      out.writeByte(CHECKPOINT);
      out.writeLong(checkpoint.trial().number());
    } else if (weights instanceof WeightSource.Parent parent) {
      out.writeByte(PARENT);
      out.writeLong(parent.parent().number());
      out.writeAll(parent.morphisms(), EventOutput::writeText);
    } else if (weights instanceof WeightSource.Partial partial) {
      out.writeByte(PARTIAL);
      out.writeLong(partial.parent().number());
    }
  }

  private static WeightSource readWeights(EventInput in) {
    int kind = in.readByte();
    return switch (kind) {
      case FRESH -> WeightSource.fresh();
      case CHECKPOINT -> new WeightSource.Checkpoint(TrialId.of(in.readLong()));
      case PARENT ->
          new WeightSource.Parent(TrialId.of(in.readLong()), in.readAll(EventInput::readText));
      case PARTIAL -> new WeightSource.Partial(TrialId.of(in.readLong()));
      default -> throw new DamageException("%d is no source of weights".formatted(kind));
    };
  }
}
