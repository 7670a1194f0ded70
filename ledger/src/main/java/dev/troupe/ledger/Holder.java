package dev.troupe.ledger;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Says who writes a study, to those who want to as well. */
final class Holder {

  private Holder() {}

  /** Returns how this process is called from now on. */
  static String describeThisProcess() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "unknown"; // a name for people to read, nothing depends on it
    }
    return "process %d on host %s since %s"
        .formatted(
            ProcessHandle.current().pid(), host, Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * Returns the refusal of a second writer.
   *
   * @param holder who writes the study
   * @param place where that is on record
   */
  static IllegalStateException refusal(String study, String holder, Object place) {
    return new IllegalStateException(
        "Study '%s' is written by %s, and has one writer at a time (%s). Maybe wait for it, stop it, or choose another name; reading is always allowed."
            .formatted(study, holder, place));
  }
}
