package dev.troupe.cluster;

import static java.util.Objects.requireNonNull;

import dev.troupe.estimator.device.Device;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a worker is set up.
 *
 * @param joinFile says where the daemon is, and lets it in
 * @param slots the devices of this machine that it lends, one for each slot, at least one
 * @param name by which it is known; empty for its address
 * @param bind where it listens; port 0 means any free one; null for the address of this machine by
 *     which it reaches the daemon
 * @param advertised where the daemon reaches it, if that is elsewhere; null otherwise
 * @param times how long things take
 */
public record WorkerSettings(
    Path joinFile,
    List<Device> slots,
    String name,
    @Nullable Endpoint bind,
    @Nullable Endpoint advertised,
    ClusterTimes times) {

  /** Requires what must not be null, and at least one slot; copies the list. */
  public WorkerSettings {
    requireNonNull(joinFile, "joinFile");
    requireNonNull(name, "name");
    requireNonNull(times, "times");
    slots = List.copyOf(slots);
    if (slots.isEmpty()) {
      throw new IllegalArgumentException(
          "A worker lends at least one slot, but there was none. Maybe --slots 1.");
    }
  }
}
