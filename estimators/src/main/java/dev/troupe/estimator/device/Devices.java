package dev.troupe.estimator.device;

import dev.troupe.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.IntStream;

/**
 * The slots of this machine, as the {@code devices} block of a study file asks for them: {@code
 * cpu-slots = auto | n} and {@code cuda = auto | off | n}.
 *
 * <p>{@code cuda = auto} takes every CUDA device that works, a number takes that many. {@code
 * cpu-slots = auto} takes a slot for each available processor, but none where CUDA devices are
 * taken: the same library cannot run on both at once.
 *
 * @param slots one device for each trial that can run at a time, at least one; unmodifiable
 * @param warnings what is there but cannot be used, in sentences; unmodifiable
 */
public record Devices(List<Device> slots, List<String> warnings) {

  private static final String AUTO = "auto";
  private static final String OFF = "off";
  private static final int MOST = 100_000;

  /** Checks that there is a slot, and copies both lists. */
  public Devices {
    slots = List.copyOf(slots);
    warnings = List.copyOf(warnings);
    if (slots.isEmpty()) {
      throw new IllegalArgumentException(
          "devices: there must be a slot, but there was none. Maybe set devices.cpu-slots = 1.");
    }
  }

  /** Returns so many CPU slots. */
  public static Devices cpu(int slots) {
    return new Devices(IntStream.range(0, slots).mapToObj(Device::cpu).toList(), List.of());
  }

  /** Returns so many simulated devices. */
  public static Devices simulated(int slots) {
    return new Devices(IntStream.range(0, slots).mapToObj(Device::simulated).toList(), List.of());
  }

  /**
   * Returns the slots of this machine.
   *
   * @param settings the {@code devices} block, empty for the defaults
   * @throws IllegalArgumentException if a setting is wrong, or more CUDA devices are asked for than
   *     work
   */
  public static Devices of(Settings settings) {
    var discoveries = new ArrayList<DeviceDiscovery>();
    ServiceLoader.load(DeviceDiscovery.class).forEach(discoveries::add);
    return of(settings, Runtime.getRuntime().availableProcessors(), discoveries);
  }

  /** As {@link #of(Settings)}, on a machine with these processors and discoveries. */
  static Devices of(Settings settings, int processors, List<DeviceDiscovery> discoveries) {
    settings.requireKnown(List.of("cpu-slots", "cuda"));
    var warnings = new ArrayList<String>();
    List<Device> cuda = cuda(settings, discoveries, warnings);
    int automatic = cuda.isEmpty() ? processors : 0;
    int cpus =
        settings.getString("cpu-slots", AUTO).equals(AUTO)
            ? automatic
            : count(settings, "cpu-slots", "must be auto or a whole number from 0 to " + MOST);
    var slots = new ArrayList<Device>(cuda);
    IntStream.range(0, cpus).mapToObj(Device::cpu).forEach(slots::add);
    return new Devices(slots, warnings);
  }

  private static List<Device> cuda(
      Settings settings, List<DeviceDiscovery> discoveries, List<String> warnings) {
    String wanted = settings.getString("cuda", AUTO);
    // HOCON reads an unquoted off as a text, but JSON writers may send false for it.
    if (wanted.equals(OFF) || wanted.equals("false")) {
      return List.of();
    }
    int count =
        wanted.equals(AUTO)
            ? MOST
            : count(settings, "cuda", "must be auto, off or a whole number from 0 to " + MOST);
    if (count == 0) {
      return List.of();
    }
    List<Device> found = discover(discoveries, warnings);
    if (!wanted.equals(AUTO) && found.size() < count) {
      throw new IllegalArgumentException(
          "devices.cuda asks for %d CUDA devices, but %d can be used. %s"
              .formatted(count, found.size(), remedy(warnings)));
    }
    return found.subList(0, Math.min(count, found.size()));
  }

  private static int count(Settings settings, String key, String rule) {
    try {
      return settings.getInt(key, 0, 0, MOST);
    } catch (IllegalArgumentException e) {
      IllegalArgumentException refusal = settings.refuse(key, rule);
      refusal.addSuppressed(e);
      throw refusal;
    }
  }

  private static List<Device> discover(List<DeviceDiscovery> discoveries, List<String> warnings) {
    var found = new ArrayList<Device>();
    for (DeviceDiscovery discovery : discoveries) {
      DeviceDiscovery.Found result = guarded(discovery);
      warnings.addAll(result.warnings());
      result.devices().stream()
          .filter(device -> device.kind() == Device.Kind.CUDA)
          .forEach(found::add);
    }
    return found;
  }

  /** A library that cannot be loaded means that there is no such device, and is worth saying. */
  private static DeviceDiscovery.Found guarded(DeviceDiscovery discovery) {
    try {
      return discovery.discover();
    } catch (RuntimeException | LinkageError e) {
      return new DeviceDiscovery.Found(
          List.of(),
          List.of(
              "Looking for %s devices failed: %s. Maybe the native libraries are missing; devices.cuda = off is quiet."
                  .formatted(discovery.name(), e)));
    }
  }

  private static String remedy(List<String> warnings) {
    return warnings.isEmpty()
        ? "Maybe add the CUDA backend to the class path, or set devices.cuda = auto."
        : String.join(" ", warnings);
  }
}
