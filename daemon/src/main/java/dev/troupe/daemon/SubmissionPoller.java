package dev.troupe.daemon;

import dev.troupe.StudyFile;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for studies that are handed over, on a thread of its own, and has them served. */
final class SubmissionPoller implements AutoCloseable {

  private static final long PAUSE_MILLIS = 500;
  private static final Logger log = LoggerFactory.getLogger(SubmissionPoller.class);

  private final Submissions submissions;
  private final ServedStudies served;
  private final Set<String> taken = new HashSet<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var started = new Thread(task, "troupe-submissions");
            started.setDaemon(true);
            return started;
          });

  private SubmissionPoller(Path home, ServedStudies served) {
    this.submissions = new Submissions(home);
    this.served = served;
  }

  static SubmissionPoller start(Path home, ServedStudies served) {
    var poller = new SubmissionPoller(home, served);
    var unused =
        poller.thread.scheduleWithFixedDelay(poller::poll, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    return poller;
  }

  private void poll() {
    try {
      submissions.open().stream().filter(taken::add).forEach(this::take);
    } catch (RuntimeException e) {
      log.warn("Studies that are handed over cannot be read: {}", e.getMessage());
    }
  }

  private void take(String id) {
    try {
      StudyFile file = submissions.study(id);
      if (file != null) {
        ServedStudies.Running running = served.start(file, submissions.isFresh(id));
        submissions.accept(id, running.name());
        var unused =
            running
                .ended()
                .whenComplete(
                    (result, failure) -> {
                      if (!served.isStopping()) { // otherwise the next daemon takes it up
                        submissions.end(id, running.name());
                      }
                    });
      }
    } catch (RuntimeException e) {
      submissions.refuse(id, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
