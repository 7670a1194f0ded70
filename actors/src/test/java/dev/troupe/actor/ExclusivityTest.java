package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import dev.troupe.estimator.FunctionEstimator;
import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.estimator.device.DevicePool;
import dev.troupe.random.RandomStreams;
import dev.troupe.study.Attempt;
import dev.troupe.study.Metrics;
import dev.troupe.study.TrialId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExclusivityTest {

  private final ActorRef<StudyActor.SlotMessage> study =
      TestInbox.<StudyActor.SlotMessage>create().getRef();
  private final Exclusivity exclusivity = new Exclusivity(Exclusivity::memory);
  private final DevicePool pool =
      new DevicePool(List.of(Device.cpu(0), Device.cpu(1), Device.cuda(0), Device.cuda(1)));

  private Job job(long trial) {
    return Job.of(
        study,
        "test",
        Attempt.first(TrialId.of(trial)),
        new Job.Evaluate(Setups.suggestion(0.5)),
        FunctionEstimator.of((suggestion, evaluation) -> Metrics.none()),
        RandomStreams.of(1),
        null,
        false,
        null);
  }

  private DeviceLease hold(Device device, long trial) {
    return pool.acquire(device, "test", Attempt.first(TrialId.of(trial)), Instant.EPOCH);
  }

  private void release(DeviceLease lease) {
    pool.release(lease, Instant.EPOCH);
    exclusivity.ended(lease);
  }

  private Exclusivity.@Nullable Turn next(DevicePool of) {
    return exclusivity.next(of, (job, device) -> true);
  }

  @Test
  void next_nothingWaits_admitsAll() {
    assertThat(next(pool)).isNull();
    assertThat(pool.slots()).allMatch(exclusivity::admits);
  }

  @Test
  void next_groupIsIdle_beginsThereAndClosesIt() {
    hold(Device.cpu(0), 1);
    hold(Device.cuda(0), 2);
    Job job = job(3);
    exclusivity.add(job);

    Exclusivity.Turn turn = next(pool);

    assertThat(turn).isEqualTo(new Exclusivity.Turn(job, "cuda-1"));
    DeviceLease lease = hold(Device.cuda(1), 3);
    exclusivity.begun(turn, lease);
    assertThat(exclusivity.admits(Device.cuda(1))).isFalse();
    assertThat(exclusivity.admits(Device.cpu(1))).isTrue();
    release(lease);
    assertThat(exclusivity.admits(Device.cuda(1))).isTrue();
  }

  @Test
  void next_allGroupsAreBusy_oneIsDrainedAndTheOthersGoOn() {
    DeviceLease first = hold(Device.cpu(0), 1);
    hold(Device.cuda(0), 2);
    hold(Device.cuda(1), 3);
    pool.retire(Device.cuda(0));
    pool.retire(Device.cuda(1));
    exclusivity.add(job(4));

    assertThat(next(pool)).isNull(); // equals: the first by name
    assertThat(exclusivity.admits(Device.cpu(1))).isFalse();
    assertThat(exclusivity.admits(Device.cuda(1))).isTrue();
    release(first);

    assertThat(next(pool)).isNotNull();
  }

  @Test
  void next_severalWait_eachGetsAGroupOfItsOwn() {
    for (long trial = 1; trial <= 4; trial++) {
      exclusivity.add(job(trial));
    }
    var groups = new ArrayList<String>();
    for (Exclusivity.Turn turn = next(pool); turn != null; turn = next(pool)) {
      String group = turn.group();
      Device device = pool.firstFree(slot -> Exclusivity.memory(slot).equals(group));
      exclusivity.begun(turn, hold(device, groups.size() + 1));
      groups.add(group);
    }

    assertThat(groups).containsExactly("cpu", "cuda-0", "cuda-1");
    assertThat(pool.slots()).noneMatch(exclusivity::admits);
  }

  @Test
  void next_drainedGroupGoesOutOfService_anotherIsDrained() {
    var workers = new DevicePool(List.of(Device.simulated(0), Device.simulated(1)));
    DeviceLease first =
        workers.acquire(Device.simulated(0), "test", Attempt.first(TrialId.of(1)), Instant.EPOCH);
    DeviceLease second =
        workers.acquire(Device.simulated(1), "test", Attempt.first(TrialId.of(2)), Instant.EPOCH);
    exclusivity.add(job(3));
    assertThat(next(workers)).isNull();
    assertThat(exclusivity.admits(Device.simulated(0))).isFalse();

    workers.retire(Device.simulated(0));
    workers.release(first, Instant.EPOCH);
    assertThat(next(workers)).isNull();
    assertThat(exclusivity.admits(Device.simulated(1))).isFalse();
    workers.release(second, Instant.EPOCH);

    assertThat(next(workers)).extracting(Exclusivity.Turn::group).isEqualTo("simulated-1");
  }

  @Test
  void remove_jobsOfAStudy_reopensWhatWasDrained() {
    hold(Device.cpu(0), 1);
    hold(Device.cuda(0), 2);
    hold(Device.cuda(1), 3);
    Job job = job(4);
    exclusivity.add(job);
    assertThat(next(pool)).isNull();
    ActorRef<StudyActor.SlotMessage> other =
        TestInbox.<StudyActor.SlotMessage>create("other").getRef();

    assertThat(exclusivity.remove(other)).isEmpty();
    assertThat(exclusivity.remove(study)).containsExactly(job);
    assertThat(pool.slots()).allMatch(exclusivity::admits);
  }
}
