package dev.troupe.estimator.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.troupe.settings.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DevicesTest {

  @Test
  void of_defaultsWithoutCuda_oneSlotForEachProcessor() {
    Devices devices = devices("", List.of());

    assertThat(devices.slots()).containsExactly(Device.cpu(0), Device.cpu(1), Device.cpu(2));
    assertThat(devices.warnings()).isEmpty();
    assertThat(Devices.of(Settings.none("devices")).slots())
        .hasSize(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void of_defaultsWithCuda_onlyCuda() {
    assertThat(devices("", List.of(new TwoGpus())).slots())
        .containsExactly(Device.cuda(0), Device.cuda(1));
  }

  @Test
  void of_numbers_takesSoMany() {
    assertThat(devices("cpu-slots = 1, cuda = 1", List.of(new TwoGpus())).slots())
        .containsExactly(Device.cuda(0), Device.cpu(0));
    assertThat(devices("cpu-slots = 5, cuda = off", List.of(new TwoGpus())).slots()).hasSize(5);
    assertThat(devices("cpu-slots = 1, cuda = 0", List.of(new Broken())).warnings()).isEmpty();
  }

  @Test
  void of_moreCudaThanThereIs_isRefused() {
    assertThatThrownBy(() -> devices("cuda = 3", List.of(new TwoGpus())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("asks for 3", "2 can be used", "Maybe");
    assertThatThrownBy(() -> devices("cuda = 1", List.of(new Unusable())))
        .hasMessageContainingAll("0 can be used", "capability 9.0");
  }

  @Test
  void of_unusableOrBrokenLibrary_warnsAndTakesTheProcessor() {
    assertThat(devices("", List.of(new Unusable())).warnings()).containsExactly(Unusable.WARNING);
    Devices devices = devices("", List.of(new Broken()));

    assertThat(devices.slots()).hasSize(3);
    assertThat(devices.warnings())
        .singleElement()
        .asString()
        .contains("broken", "libcudart", "Maybe");
  }

  @Test
  void of_wrongSettings_areRefused() {
    assertThatThrownBy(() -> devices("cpu-slots = many", List.of()))
        .hasMessageContainingAll("devices.cpu-slots", "auto", "many");
    assertThatThrownBy(() -> devices("cpu-slots = -1", List.of()))
        .hasMessageContaining("devices.cpu-slots");
    assertThatThrownBy(() -> devices("cuda = on", List.of()))
        .hasMessageContainingAll("devices.cuda", "off");
    assertThatThrownBy(() -> devices("cpu-slots = 0", List.of())).hasMessageContaining("Maybe");
    assertThatThrownBy(() -> devices("cpus = 0", List.of())).hasMessageContaining("cpu");
  }

  @Test
  void simulated_devices_haveNamesOfTheirOwn() {
    assertThat(new DevicePool(Devices.simulated(500).slots()).free()).isEqualTo(500);
    assertThat(Devices.cpu(2).slots()).containsExactly(Device.cpu(0), Device.cpu(1));
  }

  private static Devices devices(String text, List<DeviceDiscovery> discoveries) {
    return Devices.of(Settings.of("devices", ConfigFactory.parseString(text)), 3, discoveries);
  }

  private static final class TwoGpus implements DeviceDiscovery {

    @Override
    public String name() {
      return "cuda";
    }

    @Override
    public Found discover() {
      return new Found(List.of(Device.cuda(0), Device.cuda(1)), List.of());
    }
  }

  private static final class Unusable implements DeviceDiscovery {

    static final String WARNING = "GPU 'H100' has capability 9.0. Maybe use the CPU.";

    @Override
    public String name() {
      return "cuda";
    }

    @Override
    public Found discover() {
      return new Found(List.of(), List.of(WARNING));
    }
  }

  private static final class Broken implements DeviceDiscovery {

    @Override
    public String name() {
      return "broken";
    }

    @Override
    public Found discover() {
      throw new UnsatisfiedLinkError("no libcudart");
    }
  }
}
