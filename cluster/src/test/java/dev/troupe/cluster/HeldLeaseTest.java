package dev.troupe.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import dev.troupe.actor.SlotResult;
import dev.troupe.actor.StudyActor;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a worker repeats until it is confirmed. */
class HeldLeaseTest {

  private static final SlotResult VALUE = new SlotResult.Value(Metrics.of("loss", 1));

  private final HeldLease lease = lease(1);

  private static HeldLease lease(long number) {
    return new HeldLease(
        number,
        Assignment.of(
            Samples.job(TestInbox.<StudyActor.SlotMessage>create().getRef(), number, null), 2, 1),
        Samples.lease("cpu-2", number));
  }

  private static Item.Measured measured(long step) {
    return new Item.Measured(List.of(Samples.measurement(step)));
  }

  @Test
  void report_itemsNotConfirmed_areRepeatedWithTheirNumbers() {
    lease.add(measured(1));
    lease.add(measured(2));
    assertThat(lease.report())
        .isEqualTo(new LeaseReport(1, 2, 1, List.of(measured(1), measured(2))));

    lease.confirm(1);
    lease.confirm(1);

    assertThat(lease.report()).isEqualTo(new LeaseReport(1, 2, 2, List.of(measured(2))));
    assertThat(lease.isOver()).isFalse();
  }

  @Test
  void add_lastItem_endsItAndNothingFollows() {
    var finished = new Item.Finished(VALUE, List.of());
    lease.add(finished);
    lease.add(measured(1));

    assertThat(lease.isOver()).isTrue();
    assertThat(lease.isSettled()).isFalse();
    assertThat(lease.report().items()).containsExactly(finished);
    lease.confirm(1);
    assertThat(lease.isSettled()).isTrue();
  }

  @Test
  void accept_verdict_isGivenOnceAndOnTheNewestItemOnly() {
    lease.add(measured(1));
    assertThat(lease.accept(null)).isNull();
    assertThat(lease.accept(new Order.Ruling(1, Verdict.CONTINUE))).isEqualTo(Verdict.CONTINUE);
    assertThat(lease.accept(new Order.Ruling(1, Verdict.CONTINUE))).isNull();

    lease.confirm(1);
    lease.add(measured(2));
    assertThat(lease.accept(new Order.Ruling(1, Verdict.CONTINUE))).isNull();
    assertThat(lease.accept(new Order.Ruling(2, Verdict.STOP))).isEqualTo(Verdict.STOP);
  }

  @Test
  void forget_lease_hasNothingToTellAndEndsWithItsJob() {
    lease.add(measured(1));
    lease.forget();
    lease.add(measured(2));
    assertThat(lease.report().items()).isEmpty();
    assertThat(lease.isSettled()).isFalse();

    lease.add(new Item.Finished(VALUE, List.of()));

    assertThat(lease.isSettled()).isTrue();
    assertThat(lease.report().items()).isEmpty();
  }

  @Test
  void report_moreThanAMessageHolds_comesInParts() {
    List<Measurement> many =
        LongStream.rangeClosed(1, 30_000).mapToObj(Samples::measurement).toList();
    lease.add(new Item.Measured(many.subList(0, 15_000)));
    lease.add(new Item.Finished(VALUE, many.subList(15_000, 30_000)));
    var told = new ArrayList<Measurement>();
    int messages = 0;
    while (!lease.isSettled()) {
      List<Item> items = lease.report().items();
      items.forEach(
          item ->
              told.addAll(
                  item instanceof Item.Measured measured
                      ? measured.measurements()
                      : ((Item.Finished) item).rest()));
      lease.confirm(lease.report().first() + items.size() - 1);
      messages++;
    }

    assertThat(told).isEqualTo(many);
    assertThat(messages).isGreaterThan(2);
  }

  @Test
  void reports_severalLeases_nameAllEvenIfTheirItemsDoNotFit() {
    HeldLease other = lease(5);
    lease.add(
        new Item.Measured(
            LongStream.rangeClosed(1, 30_000).mapToObj(Samples::measurement).toList()));
    other.add(measured(1));

    List<LeaseReport> reports = HeldLease.reports(List.of(lease, other));

    assertThat(reports).extracting(LeaseReport::lease).containsExactly(1L, 5L);
    assertThat(reports.get(0).items()).isNotEmpty();
    assertThat(HeldLease.reports(List.of(other, lease)).get(0).items()).hasSize(1);
  }
}
