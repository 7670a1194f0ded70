package dev.troupe.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import dev.troupe.actor.SlotResult;
import dev.troupe.actor.StudyActor;
import dev.troupe.study.Metrics;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who has which lease, what is news, and what is lost. */
class LeaseBookTest {

  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final ActorRef<ToWorker> WORKER = TestInbox.<ToWorker>create().getRef();
  private static final Item MEASURED = new Item.Measured(List.of(Samples.measurement(1)));
  private static final Item FINISHED =
      new Item.Finished(new SlotResult.Value(Metrics.of("loss", 1)), List.of());

  private final ActorRef<StudyActor.SlotMessage> study =
      TestInbox.<StudyActor.SlotMessage>create().getRef();
  private final LeaseBook book = new LeaseBook(LEASE, 0);
  private long reports;

  private GrantedLease grant(long trial, long now) {
    return book.grant(
        Samples.job(study, trial, null),
        Samples.lease("w/cpu-" + trial, trial),
        (int) trial,
        1,
        now);
  }

  private ToDaemon.Report report(boolean full, LeaseReport... leases) {
    reports++;
    return new ToDaemon.Report("i", WORKER, reports, full, List.of(leases), List.of());
  }

  private static LeaseReport about(GrantedLease lease, long first, Item... items) {
    return new LeaseReport(lease.number(), lease.slot(), first, List.of(items));
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void news_itemsThatComeTwiceOrTooEarly_areToldOnceAndInOrder() {
    GrantedLease lease = grant(1, 0);

    assertThat(book.news(report(false, about(lease, 2, FINISHED)))).isEmpty();
    assertThat(book.news(report(false, about(lease, 1, MEASURED))))
        .containsExactly(new LeaseBook.News(lease, MEASURED));
    assertThat(book.news(report(true, about(lease, 1, MEASURED, FINISHED))))
        .containsExactly(new LeaseBook.News(lease, FINISHED));
    assertThat(book.news(report(true, about(lease, 1, MEASURED, FINISHED)))).isEmpty();
  }

  @Test
  void hear_reportThatCameLate_isNoNews() {
    ToDaemon.Report first = report(true);
    ToDaemon.Report second = report(true);

    assertThat(book.hear(second, 1)).isTrue();
    assertThat(book.hear(first, seconds(100))).isFalse();
    assertThat(book.hear(second, seconds(100))).isFalse();
    assertThat(book.isSilent(1, seconds(11))).isTrue();
  }

  @Test
  void orders_fullReport_repeatsWhatIsNotConfirmedAndForgetsWhatIsUnknown() {
    GrantedLease known = grant(1, 0);
    GrantedLease unheard = grant(2, 0);
    ToDaemon.Report report =
        report(true, about(known, 1, MEASURED), new LeaseReport(99, 3, 1, List.of()));
    book.news(report);
    known.rule(Verdict.STOP);
    known.stop();

    assertThat(book.orders(report))
        .containsExactlyInAnyOrder(
            Order.forget(99),
            new Order(1, null, 1, new Order.Ruling(1, Verdict.STOP), true, false),
            unheard.order());
    assertThat(unheard.order().assignment()).isNotNull();
  }

  @Test
  void missing_leaseThatTheWorkerHadAndDoesNotName_isMissing() {
    GrantedLease dropped = grant(1, 0);
    GrantedLease unheard = grant(2, 0);
    book.news(report(true, about(dropped, 1)));

    assertThat(book.missing(report(true))).containsExactly(dropped);
    book.remove(dropped);
    assertThat(book.find(dropped.lease())).isNull();
    assertThat(book.all()).containsExactly(unheard);
  }

  @Test
  void silence_longerThanTheLease_isNoticedUnlessWeWereLateOurselves() {
    assertThat(book.isSilent(1, seconds(10))).isFalse();
    assertThat(book.isSilent(1, seconds(11))).isTrue();
    assertThat(book.isSilent(2, seconds(11))).isFalse();
    assertThat(book.isSilent(2, seconds(21))).isTrue();

    book.prolong(Duration.ofSeconds(60));

    assertThat(book.isSilent(1, seconds(70))).isFalse();
    assertThat(book.isSilent(1, seconds(71))).isTrue();
  }

  @Test
  void unconfirmed_leaseNobodyTook_isGivenUpAfterTheLeaseTime() {
    GrantedLease taken = grant(1, 0);
    GrantedLease lost = grant(2, seconds(5));
    book.news(report(false, about(taken, 1)));

    assertThat(book.unconfirmed(seconds(15))).isEmpty();
    assertThat(book.unconfirmed(seconds(16))).containsExactly(lost);
    book.prolong(Duration.ofSeconds(3));
    assertThat(book.unconfirmed(seconds(16))).isEmpty();
    assertThat(book.unconfirmed(seconds(19))).containsExactly(lost);
    GrantedLease later = grant(3, seconds(19));
    assertThat(book.unconfirmed(seconds(29))).containsExactly(lost);
    assertThat(book.unconfirmed(seconds(30))).containsExactly(lost, later);
  }

  @Test
  void heldSlots_report_areThoseOfItsLeases() {
    GrantedLease[] leases = {grant(1, 0), grant(4, 0)};

    assertThat(
            LeaseBook.heldSlots(
                report(
                    true,
                    Arrays.stream(leases)
                        .map(lease -> about(lease, 1))
                        .toArray(LeaseReport[]::new))))
        .containsExactlyInAnyOrder(1, 4);
  }
}
