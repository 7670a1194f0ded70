package dev.troupe.actor;

import akka.actor.typed.ActorRef;
import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.estimator.device.DevicePool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that need a memory for themselves. Slots that share one form a group; for a job that waits,
 * one group is kept free of new jobs until nothing runs there any more, then it runs there alone.
 * So it does not wait for longer than the jobs of that group run. Plain and single-threaded.
 */
final class Exclusivity {

  /**
   * A job may begin.
   *
   * @param job what is to be done
   * @param group where nothing runs
   */
  record Turn(Job job, String group) {}

  private static final class Waiting {
    final Job job;
    @Nullable String group;

    Waiting(Job job) {
      this.job = job;
    }
  }

  private final Function<Device, String> groups;
  private final List<Waiting> waiting = new ArrayList<>();
  private final Map<DeviceLease, String> running = new HashMap<>();

  /**
   * Nothing waits or runs yet.
   *
   * @param groups names the memory that a slot uses
   */
  Exclusivity(Function<Device, String> groups) {
    this.groups = groups;
  }

  /**
   * Returns the memory that a slot uses: the CPU's slots share their JVM's. The name of a slot
   * elsewhere begins with the worker's, and a slash.
   */
  static String memory(Device device) {
    String worker = device.name().substring(0, device.name().lastIndexOf('/') + 1);
    return device.kind() == Device.Kind.CPU ? worker + "cpu" : device.name();
  }

  /** A job wants to run alone. */
  void add(Job job) {
    waiting.add(new Waiting(job));
  }

  /** Removes and returns the jobs of a study that wait. */
  List<Job> remove(ActorRef<? super StudyActor.SlotMessage> study) {
    List<Job> jobs =
        waiting.stream().map(each -> each.job).filter(job -> job.study().equals(study)).toList();
    waiting.removeIf(each -> each.job.study().equals(study));
    return jobs;
  }

  /**
   * Returns a job that can begin now, which waits no longer; null if there is none.
   *
   * @param fits whether a slot can do a job
   */
  @Nullable Turn next(DevicePool pool, BiPredicate<Job, Device> fits) {
    for (Waiting each : waiting) {
      Map<String, Integer> held = held(pool, device -> fits.test(each.job, device));
      String group = group(each, held);
      if (group != null && held.getOrDefault(group, 0) == 0) {
        waiting.remove(each);
        return new Turn(each.job, group);
      }
    }
    return null;
  }

  /** Keeps to the group that was chosen before, unless that has no slot in service any more. */
  private @Nullable String group(Waiting each, Map<String, Integer> held) {
    if (each.group == null || !held.containsKey(each.group)) {
      each.group = null;
      each.group = leastHeld(held);
    }
    return each.group;
  }

  /** Returns how many slots are held of each group that has fitting slots in service. */
  private Map<String, Integer> held(DevicePool pool, Predicate<Device> fits) {
    var held = new HashMap<String, Integer>();
    for (Device device : pool.slots()) {
      boolean isHeld = pool.lease(device) != null;
      if (fits.test(device) && (isHeld || pool.serves(device))) {
        held.merge(groups.apply(device), isHeld ? 1 : 0, Integer::sum);
      }
    }
    return held;
  }

  /** Of equals the first by name, so that nothing depends on the order of hashes. */
  private @Nullable String leastHeld(Map<String, Integer> held) {
    Set<String> closed = closed();
    return held.entrySet().stream()
        .filter(entry -> !closed.contains(entry.getKey()))
        .min(
            Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private Set<String> closed() {
    var closed = new HashSet<>(running.values());
    waiting.stream().map(each -> each.group).filter(group -> group != null).forEach(closed::add);
    return closed;
  }

  /** Returns whether any other job may begin on a slot. */
  boolean admits(Device device) {
    return waiting.isEmpty() && running.isEmpty() || !closed().contains(groups.apply(device));
  }

  /** A job that next() returned has begun. */
  void begun(Turn turn, DeviceLease lease) {
    running.put(lease, turn.group());
  }

  /** A job, of whatever kind, has ended. */
  void ended(DeviceLease lease) {
    running.remove(lease);
  }
}
