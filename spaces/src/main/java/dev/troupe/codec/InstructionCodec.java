package dev.troupe.codec;

import dev.troupe.study.Instruction;

/** The first version of how instructions are written. */
final class InstructionCodec {

  private static final int PAUSE = 1;
  private static final int RESUME = 2;
  private static final int STOP = 3;
  private static final int EXTEND = 4;
  private static final int PARALLELISM = 5;
  private static final int ENQUEUE = 6;

  private InstructionCodec() {}

  static void write(EventOutput out, Instruction instruction) {
    if (instruction instanceof Instruction.Pause) {
      out.writeByte(PAUSE);
    } else if (instruction instanceof Instruction.Resume) {
      out.writeByte(RESUME);
    } else if (instruction instanceof Instruction.Stop stop) {
      out.writeByte(STOP);
      out.writeBoolean(stop.now());
    } else if (instruction instanceof Instruction.Extend extend) {
      out.writeByte(EXTEND);
      StudyCodec.writeBudget(out, extend.limits());
    } else if (instruction instanceof Instruction.Parallelism parallelism) {
      out.writeByte(PARALLELISM);
      out.writeLong(parallelism.trials());
    } else if (instruction instanceof Instruction.Enqueue enqueue) {
      out.writeByte(ENQUEUE);
      SuggestionCodec.writeConfiguration(out, enqueue.candidate());
    }
  }

  static Instruction read(EventInput in) {
    int kind = in.readByte();
    return switch (kind) {
      case PAUSE -> new Instruction.Pause();
      case RESUME -> new Instruction.Resume();
      case STOP -> new Instruction.Stop(in.readBoolean());
      case EXTEND -> new Instruction.Extend(StudyCodec.readBudget(in));
      case PARALLELISM -> new Instruction.Parallelism(in.readInt());
      case ENQUEUE -> new Instruction.Enqueue(SuggestionCodec.readConfiguration(in));
      default -> throw new DamageException("%d is no kind of instruction".formatted(kind));
    };
  }
}
