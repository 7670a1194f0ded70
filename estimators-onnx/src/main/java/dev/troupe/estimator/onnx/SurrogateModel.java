package dev.troupe.estimator.onnx;

import static java.util.Objects.requireNonNull;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A model in memory. It runs on the calling thread alone, so that the same inputs give the same
 * outputs however many callers there are. Thread safe; holds native memory until it is closed.
 */
final class SurrogateModel implements AutoCloseable {

  private static final String CATEGORIES = "x_cat";
  private static final String NUMBERS = "x_cont";

  private final Path file;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private SurrogateModel(Path file, OrtEnvironment environment, OrtSession session) {
    this.file = file;
    this.environment = environment;
    this.session = session;
  }

  /**
   * Loads a model.
   *
   * @throws IllegalArgumentException if there is none, or if its inputs and outputs are others
   * @throws IllegalStateException if ONNX Runtime has no native code for this system
   */
  static SurrogateModel load(Path file, int categories, int numbers, int outputs) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "There is no file %s. Maybe correct estimator.folder.".formatted(file));
    }
    SurrogateModel model = load(file);
    try {
      model.requireShapes(categories, numbers, outputs);
      return model;
    } catch (IllegalArgumentException e) {
      model.close();
      throw e;
    }
  }

  private static SurrogateModel load(Path file) {
    try (var options = new OrtSession.SessionOptions()) {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      environment.setTelemetry(false);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      return new SurrogateModel(
          file, environment, environment.createSession(file.toString(), options));
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          "File %s cannot be read as an ONNX model: %s. Maybe it is damaged."
              .formatted(file, e.getMessage()),
          e);
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "ONNX Runtime has no native code for %s on %s. Maybe use another machine."
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
          e);
    }
  }

  private void requireShapes(int categories, int numbers, int outputs) {
    try {
      Map<String, NodeInfo> inputs = session.getInputInfo();
      if (!inputs.keySet().equals(Set.of(CATEGORIES, NUMBERS))) {
        throw new IllegalArgumentException(
            "File %s: a model must have the inputs %s and %s, but has %s. Maybe it is no model of YAHPO Gym."
                .formatted(file, CATEGORIES, NUMBERS, inputs.keySet()));
      }
      requireWidth(
          "input " + CATEGORIES, requireNonNull(inputs.get(CATEGORIES)), categories, "inputs");
      requireWidth("input " + NUMBERS, requireNonNull(inputs.get(NUMBERS)), numbers, "inputs");
      for (NodeInfo output : session.getOutputInfo().values()) {
        requireWidth("output", output, outputs, "outputs");
      }
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          "File %s does not tell its inputs: %s. Maybe it is damaged."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** A width that the model leaves open shows when it runs. */
  private void requireWidth(String thing, NodeInfo node, int wanted, String key) {
    if (node.getInfo() instanceof TensorInfo tensor) {
      long[] shape = tensor.getShape();
      if (shape.length == 2 && shape[1] >= 0 && shape[1] != wanted) {
        throw new IllegalArgumentException(
            "File %s: its %s has a width of %d, but the settings and files beside it give %d. Maybe correct estimator.%s."
                .formatted(file, thing, shape[1], wanted, key));
      }
    }
  }

  /**
   * Predicts.
   *
   * @param rows at least one
   * @return shape [rows, outputs]
   * @throws OrtException if the model fails
   * @throws IllegalStateException if it was closed
   */
  float[][] predict(List<InputLayout.Row> rows) throws OrtException {
    IntBuffer categories = IntBuffer.allocate(rows.size() * rows.get(0).categories().length);
    FloatBuffer numbers = FloatBuffer.allocate(rows.size() * rows.get(0).numbers().length);
    for (InputLayout.Row row : rows) {
      categories.put(row.categories());
      numbers.put(row.numbers());
    }
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException(
            "The model %s was closed. Maybe a study still ran.".formatted(file));
      }
      return run(rows, categories.flip(), numbers.flip());
    } finally {
      lock.readLock().unlock();
    }
  }

  private float[][] run(List<InputLayout.Row> rows, IntBuffer categories, FloatBuffer numbers)
      throws OrtException {
    long[] categoryShape = {rows.size(), rows.get(0).categories().length};
    long[] numberShape = {rows.size(), rows.get(0).numbers().length};
    try (var first = OnnxTensor.createTensor(environment, categories, categoryShape);
        var second = OnnxTensor.createTensor(environment, numbers, numberShape);
        OrtSession.Result result = session.run(Map.of(CATEGORIES, first, NUMBERS, second))) {
      return (float[][]) result.get(0).getValue();
    }
  }

  /** Frees the native memory, once nothing runs any more. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        session.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("The model %s could not be freed.".formatted(file), e);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
