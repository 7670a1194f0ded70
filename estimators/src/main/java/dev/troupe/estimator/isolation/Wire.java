package dev.troupe.estimator.isolation;

import dev.troupe.codec.DamageException;
import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.codec.StudyCodec;
import dev.troupe.codec.SuggestionCodec;
import dev.troupe.codec.TrialCodec;
import dev.troupe.estimator.device.Device;
import dev.troupe.study.Attempt;
import dev.troupe.study.FidelityRange;
import java.util.OptionalLong;

/**
 * How messages between parent and child are written: a byte for the kind, and the values. Both are
 * of one build, as a rule; that they speak one {@link #VERSION} is checked with the first message.
 * Pure.
 */
final class Wire {

  /** Of all that is said. */
  static final int VERSION = 1;

  private static final int MAKE = 1;
  private static final int BEGIN = 2;
  private static final int ANSWERED = 3;
  private static final int CANCEL = 4;
  private static final int CLOSE = 5;

  private static final int READY = 1;
  private static final int REFUSED = 2;
  private static final int REPORT = 3;
  private static final int SAVE = 4;
  private static final int LEAVE = 5;
  private static final int RESTORE = 6;
  private static final int INHERIT = 7;
  private static final int RETURNED = 8;
  private static final int THREW = 9;

  private static final int VERDICT = 1;
  private static final int KEPT = 2;
  private static final int FOUND = 3;
  private static final int OBJECTION = 4;

  private Wire() {}

  // To the child

  static byte[] encode(ToChild message) {
    var out = new EventOutput();
    if (message instanceof ToChild.Make make) {
      out.writeByte(MAKE);
      out.writeLong(make.version());
      out.writeText(make.maker());
      out.writeAll(make.ingredients(), EventOutput::writeText);
      out.writeText(make.folder());
    } else if (message instanceof ToChild.Begin begin) {
      out.writeByte(BEGIN);
      writeBegin(out, begin);
    } else if (message instanceof ToChild.Answered answered) {
      out.writeByte(ANSWERED);
      writeAnswer(out, answered.answer());
    } else if (message instanceof ToChild.Cancel) {
      out.writeByte(CANCEL);
    } else if (message instanceof ToChild.Close) {
      out.writeByte(CLOSE);
    }
    return out.toBytes();
  }

  /**
   * Returns the message that was written.
   *
   * @throws DamageException if the bytes are none
   */
  static ToChild decodeToChild(byte[] bytes) {
    var in = new EventInput(bytes);
    int kind = in.readByte();
    ToChild message =
        switch (kind) {
          case MAKE ->
              new ToChild.Make(
                  in.readInt(), in.readText(), in.readAll(EventInput::readText), in.readText());
          case BEGIN -> readBegin(in);
          case ANSWERED -> new ToChild.Answered(readAnswer(in));
          case CANCEL -> new ToChild.Cancel();
          case CLOSE -> new ToChild.Close();
          default -> throw new DamageException("%d is no kind of message".formatted(kind));
        };
    in.requireEnd();
    return message;
  }

  /** Whoever evaluates a candidate need not know what it was based on. */
  private static void writeBegin(EventOutput out, ToChild.Begin begin) {
    TrialCodec.writeAttempt(out, begin.attempt());
    out.writeText(begin.device().name());
    out.writeText(begin.device().kind().name());
    out.writeLong(begin.seed());
    out.writeBoolean(begin.timeLimit() != null);
    if (begin.timeLimit() != null) {
      out.writeDuration(begin.timeLimit());
    }
    out.writeBoolean(begin.keepsCheckpoints());
    out.writeBoolean(begin.suggestion() != null);
    if (begin.suggestion() != null) {
      SuggestionCodec.write(out, begin.suggestion().unexplained());
    }
    out.writeBoolean(begin.best() != null);
    if (begin.best() != null) {
      TrialCodec.writeTrial(out, begin.best().unexplained());
    }
  }

  private static ToChild.Begin readBegin(EventInput in) {
    Attempt attempt = TrialCodec.readAttempt(in);
    var device = new Device(in.readText(), Device.Kind.valueOf(in.readText()));
    return new ToChild.Begin(
        attempt,
        device,
        in.readLong(),
        in.readBoolean() ? in.readDuration() : null,
        in.readBoolean(),
        in.readBoolean() ? SuggestionCodec.read(in) : null,
        in.readBoolean() ? TrialCodec.readTrial(in) : null);
  }

  private static void writeAnswer(EventOutput out, Answer answer) {
    if (answer instanceof Answer.Verdict verdict) {
      out.writeByte(VERDICT);
      StudyCodec.writeVerdict(out, verdict.verdict());
    } else if (answer instanceof Answer.Kept kept) {
      out.writeByte(KEPT);
      out.writeBoolean(kept.kept());
    } else if (answer instanceof Answer.Found found) {
      out.writeByte(FOUND);
      out.writeBoolean(found.found());
      out.writeLong(found.step());
    } else if (answer instanceof Answer.Objection objection) {
      out.writeByte(OBJECTION);
      out.writeText(objection.reason());
      out.writeBoolean(objection.wrongInput());
    }
  }

  private static Answer readAnswer(EventInput in) {
    int kind = in.readByte();
    return switch (kind) {
      case VERDICT -> new Answer.Verdict(StudyCodec.readVerdict(in));
      case KEPT -> new Answer.Kept(in.readBoolean());
      case FOUND -> new Answer.Found(in.readBoolean(), in.readLong());
      case OBJECTION -> new Answer.Objection(in.readText(), in.readBoolean());
      default -> throw new DamageException("%d is no kind of answer".formatted(kind));
    };
  }

  // To the parent

  static byte[] encode(ToParent message) {
    var out = new EventOutput();
    if (message instanceof ToParent.Ready ready) {
      out.writeByte(READY);
      writeAbilities(out, ready.abilities());
    } else if (message instanceof ToParent.Refused refused) {
      out.writeByte(REFUSED);
      out.writeText(refused.reason());
      out.writeBoolean(refused.wrongInput());
    } else if (message instanceof ToParent.Report report) {
      out.writeByte(REPORT);
      out.writeLong(report.step());
      TrialCodec.writeMetrics(out, report.metrics());
    } else if (message instanceof ToParent.Save save) {
      out.writeByte(SAVE);
      out.writeLong(save.step());
      out.writeText(save.file());
    } else if (message instanceof ToParent.Leave leave) {
      out.writeByte(LEAVE);
      out.writeText(leave.file());
    } else if (message instanceof ToParent.Restore restore) {
      out.writeByte(RESTORE);
      out.writeText(restore.file());
    } else if (message instanceof ToParent.Inherit inherit) {
      out.writeByte(INHERIT);
      out.writeLong(inherit.trial());
      out.writeText(inherit.file());
    } else if (message instanceof ToParent.Returned returned) {
      out.writeByte(RETURNED);
      TrialCodec.writeMetrics(out, returned.metrics());
    } else if (message instanceof ToParent.Threw threw) {
      out.writeByte(THREW);
      out.writeText(threw.reason());
      out.writeBoolean(threw.wrongInput());
      out.writeBoolean(threw.shortOfMemory());
      out.writeBoolean(threw.broken());
    }
    return out.toBytes();
  }

  /**
   * Returns the message that was written.
   *
   * @throws DamageException if the bytes are none
   */
  static ToParent decodeToParent(byte[] bytes) {
    var in = new EventInput(bytes);
    int kind = in.readByte();
    ToParent message =
        switch (kind) {
          case READY -> new ToParent.Ready(readAbilities(in));
          case REFUSED -> new ToParent.Refused(in.readText(), in.readBoolean());
          case REPORT -> new ToParent.Report(in.readLong(), TrialCodec.readMetrics(in));
          case SAVE -> new ToParent.Save(in.readLong(), in.readText());
          case LEAVE -> new ToParent.Leave(in.readText());
          case RESTORE -> new ToParent.Restore(in.readText());
          case INHERIT -> new ToParent.Inherit(in.readLong(), in.readText());
          case RETURNED -> new ToParent.Returned(TrialCodec.readMetrics(in));
          case THREW ->
              new ToParent.Threw(
                  in.readText(), in.readBoolean(), in.readBoolean(), in.readBoolean());
          default -> throw new DamageException("%d is no kind of message".formatted(kind));
        };
    in.requireEnd();
    return message;
  }

  private static void writeAbilities(EventOutput out, Abilities abilities) {
    out.writeAll(abilities.served(), EventOutput::writeText);
    out.writeAll(
        abilities.fidelities(),
        (to, range) -> {
          to.writeText(range.axis());
          to.writeDouble(range.low());
          to.writeDouble(range.high());
        });
    out.writeBoolean(abilities.fullStep().isPresent());
    out.writeLong(abilities.fullStep().orElse(0));
    out.writeBoolean(abilities.listed());
  }

  private static Abilities readAbilities(EventInput in) {
    return new Abilities(
        in.readAll(EventInput::readText),
        in.readAll(
            from -> new FidelityRange(from.readText(), from.readDouble(), from.readDouble())),
        readFullStep(in),
        in.readBoolean());
  }

  private static OptionalLong readFullStep(EventInput in) {
    boolean known = in.readBoolean();
    long step = in.readLong();
    return known ? OptionalLong.of(step) : OptionalLong.empty();
  }
}
