package dev.troupe.cluster;

import java.util.List;

/**
 * What a worker says about one lease.
 *
 * @param lease its number
 * @param slot which of the worker's slots it holds, from 0
 * @param first the number of the first item
 * @param items all that the daemon has not confirmed, as far as they fit into one message
 */
record LeaseReport(long lease, int slot, long first, List<Item> items) {

  /** Copies the list. */
  LeaseReport {
    items = List.copyOf(items);
  }
}
