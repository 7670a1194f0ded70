package dev.troupe.actor;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A clock that nobody waits for: when nothing is left to do at one moment, it jumps to the next
 * moment at which something is due. Tasks due at one moment run in the order of their {@link Turn},
 * then in that of their making.
 *
 * <p>Whatever goes on under this clock takes turns on its one thread, actors included, for which it
 * is the {@link Executor}: so the moment is over when no task is left, and one seed gives one
 * course of events. What runs elsewhere (estimators that block) {@linkplain #hold holds} the clock.
 * It starts at 1970-01-01T00:00Z and has 292 years; what is due later is due at its {@linkplain
 * #isOver end}.
 */
public final class VirtualTimers implements Timers, Executor, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(VirtualTimers.class);

  private static final class Due implements Comparable<Due> {
    final long at;
    final Turn turn;
    final long number;
    final Runnable task;
    boolean cancelled; // guarded by lock

    Due(long at, Turn turn, long number, Runnable task) {
      this.at = at;
      this.turn = turn;
      this.number = number;
      this.task = task;
    }

    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(at, other.at);
      int byTurn = byTime != 0 ? byTime : turn.compareTo(other.turn);
      return byTurn != 0 ? byTurn : Long.compare(number, other.number);
    }
  }

  private final Object lock = new Object();
  private final PriorityQueue<Due> due = new PriorityQueue<>(); // guarded by lock
  private long made; // guarded by lock
  private int holds; // guarded by lock

  /** What the clock's own thread has left to do at this moment; no other thread looks at it. */
  private final ArrayDeque<Runnable> ready = new ArrayDeque<>();

  private final ConcurrentLinkedQueue<Runnable> arrived = new ConcurrentLinkedQueue<>();
  private final SystemTimers machine = new SystemTimers();
  private final Thread thread;
  private volatile long now;
  private volatile boolean closed;

  /** Starts the clock's thread. */
  public VirtualTimers() {
    thread = Threads.daemon("troupe-virtual-time").newThread(this::work);
    thread.start();
  }

  private void work() {
    while (!closed) {
      Runnable task = arrived.poll();
      if (task == null) {
        task = ready.poll();
      }
      if (task == null) {
        task = await();
      }
      try {
        task.run();
      } catch (Throwable e) { // whoever made the task has to answer for it; the clock goes on
        log.error("A task failed under virtual time.", e);
      }
    }
  }

  /** Waits until there is something to do; may let time pass. */
  private Runnable await() {
    synchronized (lock) {
      while (!closed) {
        Runnable task = arrived.poll();
        if (task == null && holds == 0) {
          task = nextDue();
        }
        if (task != null) {
          return task;
        }
        try {
          lock.wait();
        } catch (InterruptedException e) {
          log.debug("The clock's thread was interrupted, which means nothing to it.");
        }
      }
      return () -> {};
    }
  }

  /** Called with the lock held. */
  private @Nullable Runnable nextDue() {
    Due next = due.poll();
    while (next != null && next.cancelled) {
      next = due.poll();
    }
    if (next == null) {
      return null;
    }
    now = next.at;
    return next.task;
  }

  /** Runs a task at this moment, before time passes. */
  @Override
  public void execute(Runnable task) {
    requireNonNull(task, "task");
    if (Thread.currentThread() == thread) {
      ready.add(task);
    } else {
      arrived.add(task);
      wake();
    }
  }

  private void wake() {
    synchronized (lock) {
      lock.notifyAll();
    }
  }

  @Override
  public Instant now() {
    return Instant.EPOCH.plusNanos(now);
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public Runnable after(Duration delay, Turn turn, Runnable task) {
    long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(delay)); // saturates
    synchronized (lock) {
      long at = now > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : now + nanos;
      made++;
      var entry = new Due(at, turn, made, task);
      due.add(entry);
      lock.notifyAll();
      return () -> cancel(entry);
    }
  }

  private void cancel(Due entry) {
    synchronized (lock) {
      entry.cancelled = true; // it leaves the queue when its time comes
    }
  }

  @Override
  public boolean isVirtual() {
    return true;
  }

  @Override
  public boolean isOver() {
    return now == Long.MAX_VALUE;
  }

  @Override
  public Runnable afterOnMachine(Duration delay, Runnable task) {
    return machine.after(delay, task);
  }

  @Override
  public Runnable hold() {
    synchronized (lock) {
      holds++;
    }
    return new Runnable() {
      private boolean released;

      @Override
      public void run() {
        synchronized (lock) {
          if (!released) {
            released = true;
            holds--;
            lock.notifyAll();
          }
        }
      }
    };
  }

  @Override
  public ExecutorService thread(String name) {
    return new SharedThread(this);
  }

  /** Ends the thread; what is due never runs. */
  @Override
  public void close() {
    closed = true;
    wake();
    machine.close();
  }
}
