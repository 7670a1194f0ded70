package dev.troupe.strategy.evolution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The newest members, oldest first: whoever comes in when it is full puts the oldest out, however
 * good that is. Not thread safe.
 */
final class AgeingPopulation {

  private final int capacity;
  private final ArrayDeque<Member> members = new ArrayDeque<>();

  AgeingPopulation(int capacity) {
    this.capacity = capacity;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  Collection<Member> members() {
    return List.copyOf(members);
  }

  void add(Member member) {
    members.add(member);
    if (members.size() > capacity) {
      members.remove();
    }
  }

  /**
   * Returns the best of a sample, drawn evenly and with replacement: the one that the fewest others
   * dominate, of those the one with the least first loss, of those the one drawn first.
   *
   * @param sampleSize at least 1
   */
  Member tournament(int sampleSize, RandomGenerator random) {
    List<Member> all = new ArrayList<>(members);
    List<Member> sample = new ArrayList<>(sampleSize);
    for (int i = 0; i < sampleSize; i++) {
      sample.add(all.get(random.nextInt(all.size())));
    }
    Member best = sample.get(0);
    long fewest = dominators(best, sample);
    for (Member member : sample) {
      long dominators = dominators(member, sample);
      if (dominators < fewest || dominators == fewest && member.losses()[0] < best.losses()[0]) {
        best = member;
        fewest = dominators;
      }
    }
    return best;
  }

  private static long dominators(Member member, List<Member> sample) {
    return sample.stream().filter(other -> other.dominates(member)).count();
  }
}
