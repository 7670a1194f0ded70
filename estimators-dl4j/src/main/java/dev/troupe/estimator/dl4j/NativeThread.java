package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.device.Device;
import java.util.function.Supplier;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** What a thread needs while it trains. */
final class NativeThread {

  private NativeThread() {}

  /**
   * Runs {@code task} so that its native operations stay on the current thread: trainings side by
   * side do not fight for cores, and results do not depend on how many there are. Afterwards
   * nothing is left of Deeplearning4j's workspaces, which belong to threads.
   *
   * @param device where to run; a CUDA device is bound to the thread
   */
  static <T> T run(Device device, Supplier<T> task) {
    if (device.kind() == Device.Kind.CUDA) {
      Nd4j.getAffinityManager().unsafeSetDevice(CudaDiscovery.number(device));
    }
    NativeOps operations = NativeOpsHolder.getInstance().getDeviceNativeOps();
    int before = operations.ompGetMaxThreads();
    operations.setOmpNumThreads(1);
    try {
      return task.get();
    } finally {
      Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
      operations.setOmpNumThreads(before);
    }
  }
}
