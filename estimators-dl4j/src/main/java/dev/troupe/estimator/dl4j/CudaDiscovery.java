package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.device.DeviceDiscovery;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Finds the CUDA devices on which ND4J can train: none without its CUDA back end on the class path,
 * and none, with a warning, if a GPU of this machine cannot run that. No CUDA code is loaded to
 * find out. Thread safe.
 */
public final class CudaDiscovery implements DeviceDiscovery {

  private static final String PREFIX = "cuda-";

  private final boolean backend;
  private final Supplier<CudaCheck.Decision> check;

  /** Called by the service loader. */
  public CudaDiscovery() {
    this(NativeCheck.isOnClassPath(Natives.CUDA_BACKEND), CudaCheck::ofThisMachine);
  }

  CudaDiscovery(boolean backend, Supplier<CudaCheck.Decision> check) {
    this.backend = backend;
    this.check = check;
  }

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public Found discover() {
    if (!backend) {
      return Found.nothing();
    }
    CudaCheck.Decision decision = check.get();
    if (!decision.usable()) {
      return new Found(List.of(), List.of(decision.reason() + " Training goes on on the CPU."));
    }
    List<Device> devices =
        IntStream.range(0, decision.gpus().size()).mapToObj(Device::cuda).toList();
    return new Found(devices, List.of());
  }

  /** Returns the number by which CUDA knows a device. */
  static int number(Device device) {
    return Integer.parseInt(device.name().substring(PREFIX.length()));
  }
}
