package dev.troupe.estimator.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.study.Attempt;
import dev.troupe.study.TrialId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DevicePoolTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final DevicePool pool = new DevicePool(List.of(Device.cuda(0), Device.cpu(0)));

  @Test
  void retire_freeSlot_isLeasedToNobodyUntilRestored() {
    pool.retire(Device.cuda(0));

    assertThat(pool.free()).isEqualTo(1);
    assertThat(pool.acquire("a", attempt(1), START).device()).isEqualTo(Device.cpu(0));
    assertThat(pool.acquire("a", attempt(2), START)).isNull();
    pool.restore(Device.cuda(0));
    assertThat(pool.acquire("a", attempt(2), START).device()).isEqualTo(Device.cuda(0));
    assertThat(pool.size()).isEqualTo(2);
  }

  @Test
  void retire_heldSlot_keepsItsLeaseAndIsNotFreeAfterwards() {
    DeviceLease lease = pool.acquire("a", attempt(1), START);
    pool.retire(lease.device());

    assertThat(pool.holds(lease)).isTrue();
    assertThat(pool.lease(lease.device())).isEqualTo(lease);
    pool.release(lease, START.plusSeconds(1));
    assertThat(pool.lease(lease.device())).isNull();
    assertThat(pool.free()).isEqualTo(1);
    assertThat(pool.acquire("a", attempt(2), START).device()).isEqualTo(Device.cpu(0));
  }

  @Test
  void restore_slotStillHeld_isFreeOnceReleased() {
    DeviceLease lease = pool.acquire("a", attempt(1), START);
    pool.retire(lease.device());
    pool.restore(lease.device());

    assertThat(pool.free()).isEqualTo(1);
    pool.release(lease, START.plusSeconds(1));
    assertThat(pool.free()).isEqualTo(2);
  }

  @Test
  void restore_slotInService_changesNothing() {
    pool.restore(Device.cpu(0));
    assertThat(pool.free()).isEqualTo(2);
  }

  @Test
  void retire_unknownSlot_isRefused() {
    assertThatThrownBy(() -> pool.retire(Device.cpu(7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none of this pool's slots");
  }

  @Test
  void acquire_slotsFree_leasesThemInOrder() {
    DeviceLease first = pool.acquire("a", attempt(1), START);
    DeviceLease second = pool.acquire("a", attempt(2), START);

    assertThat(first).isEqualTo(new DeviceLease(Device.cuda(0), attempt(1), "a", START));
    assertThat(second.device()).isEqualTo(Device.cpu(0));
    assertThat(pool.free()).isZero();
    assertThat(pool.size()).isEqualTo(2);
    assertThat(pool.leases()).containsExactly(first, second);
  }

  @Test
  void acquire_noSlotFree_isNull() {
    pool.acquire("a", attempt(1), START);
    pool.acquire("a", attempt(2), START);

    assertThat(pool.acquire("a", attempt(3), START)).isNull();
  }

  @Test
  void acquire_afterRelease_takesTheFirstFreeSlotAgain() {
    DeviceLease first = pool.acquire("a", attempt(1), START);
    pool.acquire("a", attempt(2), START);
    pool.release(first, START);

    assertThat(pool.acquire("a", attempt(3), START).device()).isEqualTo(first.device());
    assertThat(pool.acquire("a", attempt(4), START)).isNull();
  }

  @Test
  void release_heldLease_freesTheSlotAndTellsTheTime() {
    DeviceLease lease = pool.acquire("a", attempt(1), START);

    assertThat(pool.holds(lease)).isTrue();
    assertThat(pool.release(lease, START.plusMillis(1500))).isCloseTo(1.5, within(1e-9));
    assertThat(pool.holds(lease)).isFalse();
    assertThat(pool.free()).isEqualTo(2);
    assertThat(pool.acquire("a", attempt(1).next(), START).device()).isEqualTo(Device.cuda(0));
  }

  @Test
  void release_leaseOfSomebodyBefore_isRefused() {
    DeviceLease old = pool.acquire("a", attempt(1), START);
    pool.release(old, START);
    pool.acquire("a", attempt(2), START);

    assertThatThrownBy(() -> pool.release(old, START))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("cuda-0", "trial 1", "not held");
  }

  @Test
  void release_clockSetBack_isZeroSeconds() {
    DeviceLease lease = pool.acquire("a", attempt(1), START);

    assertThat(pool.release(lease, START.minusSeconds(5))).isZero();
  }

  @Test
  void create_withoutSlotsOrWithDoubles_isRefused() {
    assertThatThrownBy(() -> new DevicePool(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Maybe");
    assertThatThrownBy(() -> new DevicePool(List.of(Device.cpu(0), Device.cpu(0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cpu-0");
  }

  @Test
  void add_slotLater_isLeasedAfterTheOthers() {
    pool.add(Device.cpu(7));

    assertThat(pool.slots()).containsExactly(Device.cuda(0), Device.cpu(0), Device.cpu(7));
    assertThat(pool.acquire("a", attempt(1), START, device -> !device.equals(Device.cuda(0))))
        .extracting(DeviceLease::device)
        .isEqualTo(Device.cpu(0));
    assertThat(pool.acquire("a", attempt(2), START, Device.cpu(7)::equals)).isNotNull();
    assertThat(pool.acquire("a", attempt(3), START, Device.cpu(7)::equals)).isNull();
    assertThat(pool.hasFree(Device.cpu(7)::equals)).isFalse();
    assertThat(pool.hasFree(any -> true)).isTrue();
    assertThatThrownBy(() -> pool.add(Device.cpu(7))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void remove_slot_isGoneAndMayComeBack() {
    DeviceLease lease = pool.acquire("a", attempt(1), START);
    assertThatThrownBy(() -> pool.remove(lease.device()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("held");
    pool.release(lease, START);
    pool.remove(lease.device());

    assertThat(pool.contains(Device.cuda(0))).isFalse();
    assertThat(pool.slots()).containsExactly(Device.cpu(0));
    assertThat(pool.size()).isEqualTo(1);
    pool.add(Device.cuda(0));
    assertThat(pool.free()).isEqualTo(2);
  }

  private static Attempt attempt(long trial) {
    return Attempt.first(TrialId.of(trial));
  }
}
