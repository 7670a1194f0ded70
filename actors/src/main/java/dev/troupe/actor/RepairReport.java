package dev.troupe.actor;

import dev.troupe.study.TrialId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a repair found and did.
 *
 * @param damages what could not be read, and where; empty if all is intact, and nothing was done
 * @param failed the trials that have failed thereby
 * @param aside where what was damaged lies now; null if nothing was done
 */
public record RepairReport(List<String> damages, List<TrialId> failed, @Nullable String aside) {

  /** Copies the lists. */
  public RepairReport {
    damages = List.copyOf(damages);
    failed = List.copyOf(failed);
  }
}
