package dev.troupe.daemon;

import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.device.Devices;
import dev.troupe.settings.Settings;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Which devices of this machine are used. */
final class SlotArguments {

  private static final Logger log = LoggerFactory.getLogger(SlotArguments.class);
  private static final String AUTO = "auto";
  private static final int MOST = 100_000;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description =
          "how many trials this machine runs at a time on its CPU; auto: as many as it has"
              + " processors, or CUDA devices (default: auto)")
  private String slots = AUTO;

  /** Returns a device for each slot. */
  List<Device> devices() {
    if (!slots.equals(AUTO)) {
      return Devices.cpu(count()).slots();
    }
    Devices found = Devices.of(Settings.none("devices"));
    found.warnings().forEach(log::warn);
    return found.slots();
  }

  /** Returns the devices; none for 0 slots. */
  List<Device> devicesIfAny() {
    return slots.equals("0") ? List.of() : devices();
  }

  private int count() {
    try {
      int count = Integer.parseInt(slots);
      if (count >= 1 && count <= MOST) {
        return count;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "--slots must be auto or a whole number from 1 to %d, but was '%s'. Maybe --slots 4."
            .formatted(MOST, slots));
  }
}
