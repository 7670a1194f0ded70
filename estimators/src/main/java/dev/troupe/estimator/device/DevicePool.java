package dev.troupe.estimator.device;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.Attempt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one or more machines: which are free, and who holds the others. A plain object for
 * one thread, or for an actor.
 */
public final class DevicePool {

  private final TreeMap<Integer, Device> slots = new TreeMap<>();
  private final Map<Device, Integer> places = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final TreeSet<Integer> free = new TreeSet<>();
  private final Map<Device, DeviceLease> held = new LinkedHashMap<>();
  private final Set<Device> retired = new HashSet<>();
  private int nextPlace;

  /** Makes a pool without slots. */
  public DevicePool() {}

  /**
   * Makes a pool in which every slot is free.
   *
   * @param slots at least one; their names differ
   */
  public DevicePool(List<Device> slots) {
    if (slots.isEmpty()) {
      throw new IllegalArgumentException(
          "A device pool needs a slot, but there was none. Maybe set devices.cpu-slots = 1.");
    }
    slots.forEach(this::add);
  }

  /**
   * Adds a free slot behind the others.
   *
   * @throws IllegalArgumentException if there is one of this name
   */
  public void add(Device slot) {
    if (!names.add(slot.name())) {
      throw new IllegalArgumentException(
          "Device '%s': names must differ within a pool, but this one comes twice. Maybe rename one."
              .formatted(slot.name()));
    }
    slots.put(nextPlace, slot);
    places.put(slot, nextPlace);
    free.add(nextPlace);
    nextPlace++;
  }

  /**
   * Removes a slot that nobody holds.
   *
   * @throws IllegalStateException if somebody does
   */
  public void remove(Device slot) {
    int place = place(slot);
    if (held.containsKey(slot)) {
      throw new IllegalStateException(
          "Device '%s': it is held, and cannot be removed. Maybe release it first."
              .formatted(slot.name()));
    }
    free.remove(place);
    slots.remove(place);
    places.remove(slot);
    names.remove(slot.name());
    retired.remove(slot);
  }

  /** Returns whether a slot is one of this pool's. */
  public boolean contains(Device slot) {
    return places.containsKey(slot);
  }

  /**
   * Leases the first free slot, in the order in which they were given.
   *
   * @return the lease, or null if every slot is held
   */
  public @Nullable DeviceLease acquire(String study, Attempt attempt, Instant now) {
    Device first = firstFree(slot -> true);
    return first == null ? null : acquire(first, study, attempt, now);
  }

  /**
   * Returns the first free slot that is fit for something, in the order in which they were given,
   * or null.
   */
  public @Nullable Device firstFree(Predicate<Device> fit) {
    for (Integer place : free) {
      Device slot = requireNonNull(slots.get(place));
      if (fit.test(slot)) {
        return slot;
      }
    }
    return null;
  }

  /**
   * Leases a slot.
   *
   * @throws IllegalStateException if it is not free
   */
  public DeviceLease acquire(Device slot, String study, Attempt attempt, Instant now) {
    if (!free.remove(place(slot))) {
      throw new IllegalStateException("Device '%s': it is not free.".formatted(slot.name()));
    }
    var lease = new DeviceLease(slot, attempt, study, now);
    held.put(slot, lease);
    return lease;
  }

  /** Returns whether a slot is in service: not retired. */
  public boolean serves(Device device) {
    return !retired.contains(device);
  }

  /**
   * Frees the slot of a lease.
   *
   * @return how long it was held, in seconds
   * @throws IllegalStateException if the lease is not held, perhaps since it was released before;
   *     see {@link #holds}
   */
  public double release(DeviceLease lease, Instant now) {
    requireNonNull(now, "now");
    if (!held.remove(lease.device(), lease)) {
      throw new IllegalStateException(
          "Device '%s': the lease of study '%s', trial %s, attempt %d is not held any more."
              .formatted(
                  lease.device().name(),
                  lease.study(),
                  lease.attempt().trial(),
                  lease.attempt().number()));
    }
    if (!retired.contains(lease.device())) {
      free.add(place(lease.device()));
    }
    return lease.seconds(now);
  }

  private int place(Device device) {
    Integer place = places.get(device);
    if (place == null) {
      throw new IllegalArgumentException(
          "Device '%s': it is none of this pool's slots.".formatted(device.name()));
    }
    return place;
  }

  /** Takes a slot out of service: once it is free, nobody gets it any more. */
  public void retire(Device device) {
    free.remove(place(device));
    retired.add(device);
  }

  /** Puts a slot that was retired back into service. */
  public void restore(Device device) {
    int place = place(device);
    if (retired.remove(device) && !held.containsKey(device)) {
      free.add(place);
    }
  }

  /** Returns the lease under which a slot is held, or null if it is not. */
  public @Nullable DeviceLease lease(Device device) {
    return held.get(device);
  }

  /** Returns whether {@code lease} was acquired here and not released since. */
  public boolean holds(DeviceLease lease) {
    return lease.equals(held.get(lease.device()));
  }

  /** Returns the number of slots, free or held. */
  public int size() {
    return slots.size();
  }

  /** Returns the number of free slots. */
  public int free() {
    return free.size();
  }

  /** Returns all slots in order; a copy. */
  public List<Device> slots() {
    return List.copyOf(slots.values());
  }

  /** Returns what is held, the oldest lease first; a copy. */
  public List<DeviceLease> leases() {
    return new ArrayList<>(held.values());
  }
}
