package dev.troupe.estimator.dl4j;

import java.time.Duration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Runs operations whose dimensions nobody else knows, while garbage is collected all the time.
 * Prints the class that ran them if the JVM survives it.
 */
final class GarbageProbe {

  private static final Duration TIME = Duration.ofSeconds(10);

  /** So many that the clock is seldom looked at. */
  private static final int AT_ONCE = 100;

  private GarbageProbe() {}

  public static void main(String[] arguments) throws InterruptedException {
    Natives.load();
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    long end = System.nanoTime() + TIME.toNanos();
    var collector =
        new Thread(
            () -> {
              while (System.nanoTime() < end) {
                System.gc();
              }
            });
    var worker = new Thread(() -> work(end));
    collector.start();
    worker.start();
    work(end);
    worker.join();
    collector.join();
    System.out.println(Nd4j.getExecutioner().getClass().getSimpleName());
  }

  private static void work(long end) {
    INDArray matrix = Nd4j.rand(64, 32);
    INDArray row = Nd4j.rand(1, 32);
    while (System.nanoTime() < end) {
      for (int i = 0; i < AT_ONCE; i++) {
        matrix.addiRowVector(row);
        matrix.subiRowVector(row);
      }
    }
  }
}
