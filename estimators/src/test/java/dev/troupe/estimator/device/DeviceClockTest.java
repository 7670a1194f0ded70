package dev.troupe.estimator.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.study.Attempt;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DeviceClockTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final DeviceClock clock = new DeviceClock(START);

  @Test
  void released_severalLeases_addsUpByUse() {
    spend(Device.cpu(0), "a", 1, 0, 10, TrialState.COMPLETED);
    spend(Device.cpu(0), "a", 2, 10, 15, TrialState.COMPLETED);
    spend(Device.cpu(0), "a", 3, 15, 16, TrialState.PRUNED);

    assertThat(clock.uses(at(20)))
        .containsOnlyKeys(
            use(Device.cpu(0), "a", TrialState.COMPLETED, false),
            use(Device.cpu(0), "a", TrialState.PRUNED, false))
        .containsEntry(use(Device.cpu(0), "a", TrialState.COMPLETED, false), 15.0);
  }

  @Test
  void seconds_studiesAndKinds_areToldApart() {
    spend(Device.cuda(0), "a", 1, 0, 8, TrialState.COMPLETED);
    spend(Device.cpu(0), "a", 2, 0, 3, TrialState.FAILED);
    spend(Device.cuda(0), "b", 1, 8, 10, TrialState.COMPLETED);

    assertThat(clock.deviceSeconds("a", at(10))).isCloseTo(11, within(1e-9));
    assertThat(clock.gpuSeconds("a", at(10))).isCloseTo(8, within(1e-9));
    assertThat(clock.gpuSeconds("b", at(10))).isCloseTo(2, within(1e-9));
    assertThat(clock.deviceSeconds("c", at(10))).isZero();
  }

  @Test
  void lost_attempt_countsAsUsedAndAsLost() {
    DeviceLease lease = lease(Device.cuda(0), "a", 1, 0);
    clock.held(lease, "random");

    assertThat(clock.lost(lease, at(4))).isEqualTo(4);
    assertThat(clock.seconds(DeviceUse::lost, at(9))).isEqualTo(4);
    assertThat(clock.gpuSeconds("a", at(9))).isEqualTo(4);
  }

  @Test
  void utilisation_heldLease_countsUntilNow() {
    spend(Device.cpu(0), "a", 1, 0, 4, TrialState.COMPLETED);
    clock.held(lease(Device.cpu(0), "a", 2, 8), "random");

    assertThat(clock.utilisation(Device.cpu(0), at(16))).isCloseTo(0.75, within(1e-9));
    assertThat(clock.utilisation(Device.cpu(1), at(16))).isZero();
    assertThat(clock.utilisation(Device.cpu(0), START)).isZero();
    assertThat(clock.uses(at(16)))
        .containsEntry(use(Device.cpu(0), "a", TrialState.RUNNING, false), 8.0);
  }

  @Test
  void released_leaseThatDoesNotCount_isRefused() {
    DeviceLease lease = lease(Device.cpu(0), "a", 1, 0);

    assertThatThrownBy(() -> clock.released(lease, TrialState.COMPLETED, at(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Maybe");
    clock.held(lease, "random");
    assertThatThrownBy(() -> clock.held(lease, "random")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> clock.released(lease, TrialState.RUNNING, at(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void deviceSeconds_manyLeases_agreeWithTheirUsesAtEveryMoment() {
    var random = new Random(3);
    var open = new ArrayList<DeviceLease>();
    for (int second = 1; second <= 400; second++) {
      boolean cuda = random.nextBoolean();
      Device device = cuda ? Device.cuda(second) : Device.cpu(second);
      DeviceLease lease = lease(device, random.nextBoolean() ? "a" : "b", second, second);
      clock.held(lease, "random");
      open.add(lease);
      if (random.nextInt(3) > 0) {
        DeviceLease ended = open.remove(random.nextInt(open.size()));
        if (random.nextBoolean()) {
          clock.lost(ended, at(second));
        } else {
          clock.released(ended, TrialState.COMPLETED, at(second));
        }
      }
      Instant now = at(second + 1);
      for (String study : List.of("a", "b")) {
        assertThat(clock.deviceSeconds(study, now))
            .isCloseTo(clock.seconds(use -> use.study().equals(study), now), within(1e-6));
        assertThat(clock.gpuSeconds(study, now))
            .isCloseTo(
                clock.seconds(
                    use -> use.study().equals(study) && use.device().kind() == Device.Kind.CUDA,
                    now),
                within(1e-6));
      }
    }
    open.forEach(lease -> clock.lost(lease, at(1000)));
    assertThat(clock.deviceSeconds("a", at(5000))).isEqualTo(clock.deviceSeconds("a", at(1000)));
  }

  private void spend(
      Device device, String study, long trial, long from, long to, TrialState state) {
    DeviceLease lease = lease(device, study, trial, from);
    clock.held(lease, "random");
    clock.released(lease, state, at(to));
  }

  private static DeviceLease lease(Device device, String study, long trial, long from) {
    return new DeviceLease(device, Attempt.first(TrialId.of(trial)), study, at(from));
  }

  private static DeviceUse use(Device device, String study, TrialState state, boolean lost) {
    return new DeviceUse(device, study, "random", state, lost);
  }

  private static Instant at(long second) {
    return START.plusSeconds(second);
  }
}
