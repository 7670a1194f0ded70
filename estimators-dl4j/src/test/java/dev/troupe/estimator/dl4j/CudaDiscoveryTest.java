package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.device.DeviceDiscovery.Found;
import dev.troupe.estimator.device.Devices;
import dev.troupe.settings.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

class CudaDiscoveryTest {

  private static Found discover(String... lines) {
    return new CudaDiscovery(true, () -> CudaCheck.decide(List.of(lines), 0, "nvidia-smi"))
        .discover();
  }

  @Test
  void discover_supportedGpus_areDevices() {
    Found found = discover("NVIDIA A100-SXM4-40GB, 8.0", "NVIDIA GeForce RTX 4090, 8.9");

    assertThat(found.devices()).containsExactly(Device.cuda(0), Device.cuda(1));
    assertThat(found.warnings()).isEmpty();
    assertThat(CudaDiscovery.number(found.devices().get(1))).isEqualTo(1);
  }

  @Test
  void discover_hopper_isNamedAndLeftForTheCpu() {
    Found found = discover("NVIDIA H100 80GB HBM3, 9.0");

    assertThat(found.devices()).isEmpty();
    assertThat(found.warnings())
        .singleElement()
        .asString()
        .contains("NVIDIA H100", "9.0", "3.7 to 8.9", "Maybe", "on the CPU");
  }

  @Test
  void discover_withoutBackend_asksNobody() {
    var discovery =
        new CudaDiscovery(
            false,
            () -> {
              throw new IllegalStateException("must not be asked");
            });

    assertThat(discovery.discover()).isEqualTo(Found.nothing());
  }

  @Test
  void devices_onThisMachine_haveSlots() {
    assertThat(Devices.of(Settings.none("devices")).slots()).isNotEmpty();
  }
}
