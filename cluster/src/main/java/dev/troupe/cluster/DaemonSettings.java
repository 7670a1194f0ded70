package dev.troupe.cluster;

import static java.util.Objects.requireNonNull;

import dev.troupe.estimator.device.Device;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a daemon of a cluster is set up.
 *
 * @param home the folder in which its identity is kept
 * @param joinFile where the file is written with which workers join
 * @param bind where it listens; port 0 means any free one
 * @param advertised where workers reach it, if that is elsewhere; null otherwise
 * @param slots the devices of this machine that it uses, one for each slot; may be empty
 * @param times how long things take
 */
public record DaemonSettings(
    Path home,
    Path joinFile,
    Endpoint bind,
    @Nullable Endpoint advertised,
    List<Device> slots,
    ClusterTimes times) {

  /** Requires what must not be null, copies the list, and checks the addresses. */
  public DaemonSettings {
    requireNonNull(home, "home");
    requireNonNull(joinFile, "joinFile");
    requireNonNull(times, "times");
    slots = List.copyOf(slots);
    if (advertised == null && ClusterSystem.isAnyAddress(bind.host())) {
      throw new IllegalArgumentException(
          "Workers cannot reach the address '%s', which stands for all of this machine. Maybe say where they do: --advertise HOST:PORT."
              .formatted(bind.host()));
    }
  }
}
