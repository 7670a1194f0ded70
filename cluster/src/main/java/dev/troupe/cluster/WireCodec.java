package dev.troupe.cluster;

import akka.actor.typed.ActorRef;
import dev.troupe.actor.Job;
import dev.troupe.actor.PortableStudy;
import dev.troupe.actor.Resumption;
import dev.troupe.actor.SlotResult;
import dev.troupe.codec.DamageException;
import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.codec.StudyCodec;
import dev.troupe.codec.SuggestionCodec;
import dev.troupe.codec.TrialCodec;
import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.weights.CheckpointKey;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.List;
import java.util.function.Function;

/**
 * How messages between daemon and workers are written. Both sides must speak the same {@link
 * #VERSION}; that they do is checked with the first message, whose beginning never changes.
 */
final class WireCodec {

  /** Of all that follows the greeting. */
  static final int VERSION = 1;

  static final String HELLO = "hello";
  static final String REPORT = "report";
  static final String GOODBYE = "goodbye";
  static final String WELCOME = "welcome";
  static final String REFUSED = "refused";
  static final String STRANGER = "stranger";
  static final String ORDERS = "orders";

  private static final int MEASURED = 1;
  private static final int FINISHED = 2;
  private static final int DECLINED = 3;
  private static final int SAVED = 4;
  private static final int RESUMED = 5;

  private static final int VALUE = 1;
  private static final int FAILURE = 2;
  private static final int LOST = 3;
  private static final int OUT_OF_MEMORY = 4;

  private static final int EVALUATE = 1;
  private static final int TEST = 2;

  private final Function<ActorRef<ToWorker>, String> naming;
  private final Function<String, ActorRef<ToWorker>> finding;

  /**
   * @param naming writes the address of a worker
   * @param finding reads it
   */
  WireCodec(
      Function<ActorRef<ToWorker>, String> naming, Function<String, ActorRef<ToWorker>> finding) {
    this.naming = naming;
    this.finding = finding;
  }

  /**
   * Returns what kind of message it is.
   *
   * @throws IllegalArgumentException if it is none of ours
   */
  static String manifest(Object message) {
    if (message instanceof ToDaemon.Report) {
      return REPORT;
    } else if (message instanceof ToWorker.Orders) {
      return ORDERS;
    } else if (message instanceof ToDaemon.Hello) {
      return HELLO;
    } else if (message instanceof ToDaemon.Goodbye) {
      return GOODBYE;
    } else if (message instanceof ToWorker.Welcome) {
      return WELCOME;
    } else if (message instanceof ToWorker.Refused) {
      return REFUSED;
    } else if (message instanceof ToWorker.Stranger) {
      return STRANGER;
    }
    throw new IllegalArgumentException(
        "A message must be for a daemon or a worker, but was of %s.".formatted(message.getClass()));
  }

  byte[] encode(Object message) {
    var out = new EventOutput();
    if (message instanceof ToDaemon.Report report) {
      writeReport(out, report);
    } else if (message instanceof ToWorker.Orders orders) {
      out.writeText(orders.incarnation());
      out.writeAll(orders.orders(), WireCodec::writeOrder);
      out.writeAll(orders.endedStudies(), EventOutput::writeLong);
    } else if (message instanceof ToDaemon.Hello hello) {
      writeHello(out, hello);
    } else if (message instanceof ToDaemon.Goodbye goodbye) {
      out.writeText(goodbye.incarnation());
    } else if (message instanceof ToWorker.Welcome welcome) {
      out.writeText(welcome.incarnation());
      out.writeText(welcome.name());
      out.writeDuration(welcome.beat());
      out.writeDuration(welcome.lease());
    } else if (message instanceof ToWorker.Refused refused) {
      out.writeText(refused.reason());
    } else if (message instanceof ToWorker.Stranger stranger) {
      out.writeText(stranger.incarnation());
    }
    return out.toBytes();
  }

  /**
   * Returns the message that was written.
   *
   * @throws DamageException if the bytes are no such message
   */
  Object decode(String manifest, byte[] bytes) {
    var in = new EventInput(bytes);
    try {
      Object message = read(manifest, in);
      if (!(message instanceof ToDaemon.Hello hello) || hello.version() == VERSION) {
        in.requireEnd();
      }
      return message;
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw new DamageException("its values contradict each other: " + e.getMessage(), e);
    }
  }

  private Object read(String manifest, EventInput in) {
    return switch (manifest) {
      case REPORT -> readReport(in);
      case ORDERS ->
          new ToWorker.Orders(
              in.readText(), in.readAll(WireCodec::readOrder), in.readAll(EventInput::readLong));
      case HELLO -> readHello(in);
      case GOODBYE -> new ToDaemon.Goodbye(in.readText());
      case WELCOME ->
          new ToWorker.Welcome(in.readText(), in.readText(), in.readDuration(), in.readDuration());
      case REFUSED -> new ToWorker.Refused(in.readText());
      case STRANGER -> new ToWorker.Stranger(in.readText());
      default -> throw new DamageException("'%s' is no kind of message".formatted(manifest));
    };
  }

  // Greetings

  private void writeHello(EventOutput out, ToDaemon.Hello hello) {
    out.writeLong(hello.version());
    out.writeText(hello.incarnation());
    out.writeText(naming.apply(hello.worker()));
    out.writeText(hello.process());
    out.writeText(hello.name());
    out.writeAll(hello.slots(), WireCodec::writeDevice);
  }

  /** Of another version only what never changes is read. */
  private ToDaemon.Hello readHello(EventInput in) {
    int version = in.readInt();
    String incarnation = in.readText();
    ActorRef<ToWorker> worker = finding.apply(in.readText());
    return version == VERSION
        ? new ToDaemon.Hello(
            version,
            incarnation,
            worker,
            in.readText(),
            in.readText(),
            in.readAll(WireCodec::readDevice))
        : new ToDaemon.Hello(version, incarnation, worker, "", "", List.of());
  }

  private static void writeDevice(EventOutput out, Device device) {
    out.writeText(device.name());
    out.writeByte(
        switch (device.kind()) {
          case CPU -> 1;
          case CUDA -> 2;
          case SIMULATED -> 3;
        });
  }

  private static Device readDevice(EventInput in) {
    String name = in.readText();
    int kind = in.readByte();
    return new Device(
        name,
        switch (kind) {
          case 1 -> Device.Kind.CPU;
          case 2 -> Device.Kind.CUDA;
          case 3 -> Device.Kind.SIMULATED;
          default -> throw new DamageException("%d is no kind of device".formatted(kind));
        });
  }

  // What workers report

  private void writeReport(EventOutput out, ToDaemon.Report report) {
    out.writeText(report.incarnation());
    out.writeText(naming.apply(report.worker()));
    out.writeLong(report.number());
    out.writeBoolean(report.full());
    out.writeAll(report.leases(), WireCodec::writeLease);
    out.writeAll(report.studies(), EventOutput::writeLong);
  }

  private ToDaemon.Report readReport(EventInput in) {
    return new ToDaemon.Report(
        in.readText(),
        finding.apply(in.readText()),
        in.readLong(),
        in.readBoolean(),
        in.readAll(WireCodec::readLease),
        in.readAll(EventInput::readLong));
  }

  private static void writeLease(EventOutput out, LeaseReport lease) {
    out.writeLong(lease.lease());
    out.writeLong(lease.slot());
    out.writeLong(lease.first());
    out.writeAll(lease.items(), WireCodec::writeItem);
  }

  private static LeaseReport readLease(EventInput in) {
    return new LeaseReport(
        in.readLong(), in.readInt(), in.readLong(), in.readAll(WireCodec::readItem));
  }

  private static void writeItem(EventOutput out, Item item) {
    if (item instanceof Item.Measured measured) {
      out.writeByte(MEASURED);
      out.writeAll(measured.measurements(), TrialCodec::writeMeasurement);
    } else if (item instanceof Item.Finished finished) {
      out.writeByte(FINISHED);
      writeResult(out, finished.result());
      out.writeAll(finished.rest(), TrialCodec::writeMeasurement);
    } else if (item instanceof Item.Saved saved) {
      out.writeByte(SAVED);
      writeKey(out, saved.key());
    } else if (item instanceof Item.Resumed resumed) {
      out.writeByte(RESUMED);
      writeKey(out, resumed.key());
    } else if (item instanceof Item.Declined declined) {
      out.writeByte(DECLINED);
      out.writeText(declined.reason());
    }
  }

  private static Item readItem(EventInput in) {
    int kind = in.readByte();
    return switch (kind) {
      case MEASURED -> new Item.Measured(in.readAll(TrialCodec::readMeasurement));
      case FINISHED -> new Item.Finished(readResult(in), in.readAll(TrialCodec::readMeasurement));
      case SAVED -> new Item.Saved(readKey(in));
      case RESUMED -> new Item.Resumed(readKey(in));
      case DECLINED -> new Item.Declined(in.readText());
      default -> throw new DamageException("%d is no kind of item".formatted(kind));
    };
  }

  private static void writeKey(EventOutput out, CheckpointKey key) {
    TrialCodec.writeAttempt(out, key.attempt());
    out.writeLong(key.step());
    out.writeText(key.id());
    out.writeLong(key.bytes());
  }

  private static CheckpointKey readKey(EventInput in) {
    return new CheckpointKey(
        TrialCodec.readAttempt(in), in.readLong(), in.readText(), in.readLong());
  }

  private static void writeResult(EventOutput out, SlotResult result) {
    if (result instanceof SlotResult.Value value) {
      out.writeByte(VALUE);
      TrialCodec.writeMetrics(out, value.metrics());
    } else if (result instanceof SlotResult.Failure failure) {
      out.writeByte(FAILURE);
      out.writeText(failure.reason());
    } else if (result instanceof SlotResult.Lost lost) {
      out.writeByte(LOST);
      out.writeText(lost.reason());
    } else if (result instanceof SlotResult.OutOfMemory shortage) {
      out.writeByte(OUT_OF_MEMORY);
      out.writeText(shortage.reason());
    }
  }

  private static SlotResult readResult(EventInput in) {
    int kind = in.readByte();
    return switch (kind) {
      case VALUE -> new SlotResult.Value(TrialCodec.readMetrics(in));
      case FAILURE -> new SlotResult.Failure(in.readText());
      case LOST -> new SlotResult.Lost(in.readText());
      case OUT_OF_MEMORY -> new SlotResult.OutOfMemory(in.readText());
      default -> throw new DamageException("%d is no kind of result".formatted(kind));
    };
  }

  // What the daemon orders

  private static void writeOrder(EventOutput out, Order order) {
    out.writeLong(order.lease());
    out.writeBoolean(order.assignment() != null);
    if (order.assignment() != null) {
      writeAssignment(out, order.assignment());
    }
    out.writeLong(order.seen());
    out.writeBoolean(order.ruling() != null);
    if (order.ruling() != null) {
      out.writeLong(order.ruling().item());
      StudyCodec.writeVerdict(out, order.ruling().verdict());
    }
    out.writeBoolean(order.stop());
    out.writeBoolean(order.forget());
  }

  private static Order readOrder(EventInput in) {
    return new Order(
        in.readLong(),
        in.readBoolean() ? readAssignment(in) : null,
        in.readLong(),
        in.readBoolean() ? new Order.Ruling(in.readLong(), StudyCodec.readVerdict(in)) : null,
        in.readBoolean(),
        in.readBoolean());
  }

  /** Whoever evaluates a candidate need not know what it was based on. */
  private static void writeAssignment(EventOutput out, Assignment assignment) {
    out.writeLong(assignment.slot());
    out.writeLong(assignment.study());
    out.writeText(assignment.studyName());
    out.writeText(assignment.portable().file().toString());
    out.writeText(assignment.portable().text());
    out.writeAll(assignment.portable().overrides(), EventOutput::writeText);
    TrialCodec.writeAttempt(out, assignment.attempt());
    if (assignment.task() instanceof Job.Evaluate evaluate) {
      out.writeByte(EVALUATE);
      SuggestionCodec.write(out, evaluate.suggestion().unexplained());
    } else if (assignment.task() instanceof Job.Test test) {
      out.writeByte(TEST);
      TrialCodec.writeTrial(out, test.best().unexplained());
    }
    out.writeLong(assignment.seed());
    out.writeBoolean(assignment.timeLimit() != null);
    if (assignment.timeLimit() != null) {
      out.writeDuration(assignment.timeLimit());
    }
    out.writeBoolean(assignment.judged());
    out.writeBoolean(assignment.checkpoints() != null);
    if (assignment.checkpoints() != null) {
      out.writeText(assignment.checkpoints());
    }
    out.writeAll(
        assignment.resumptions(),
        (to, resumption) -> {
          writeKey(to, resumption.key());
          to.writeDouble(resumption.seconds());
        });
  }

  private static Assignment readAssignment(EventInput in) {
    return new Assignment(
        in.readInt(),
        in.readLong(),
        in.readText(),
        new PortableStudy(Path.of(in.readText()), in.readText(), in.readAll(EventInput::readText)),
        TrialCodec.readAttempt(in),
        readTask(in),
        in.readLong(),
        in.readBoolean() ? in.readDuration() : null,
        in.readBoolean(),
        in.readBoolean() ? in.readText() : null,
        in.readAll(from -> new Resumption(readKey(from), from.readDouble())));
  }

  private static Job.Task readTask(EventInput in) {
    int kind = in.readByte();
    return switch (kind) {
      case EVALUATE -> new Job.Evaluate(SuggestionCodec.read(in));
      case TEST -> new Job.Test(TrialCodec.readTrial(in));
      default -> throw new DamageException("%d is no kind of task".formatted(kind));
    };
  }
}
