package dev.troupe.study;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which trials of a study took over weights of which others: a forest, since a trial has one parent
 * at most, and that is older than itself. It holds numbers and ways alone, and only of trials that
 * have a parent: a study of a million trials without inheritance takes no room. Immutable and
 * thread safe.
 */
public final class Lineage {

  /** How a child took over its parent's weights. */
  public enum Way {
    /** All of them, by the same architecture. */
    COPY("copy"),
    /** All of them, changed by function-preserving morphisms. */
    MORPHISM("morphism"),
    /** Those whose names and shapes agree; the rest is fresh. */
    PARTIAL("partial");

    private final String label;

    Way(String label) {
      this.label = label;
    }

    /** Returns its name as users read it, in lower case. */
    public String label() {
      return label;
    }

    /** Returns the way of a source; null for one without a parent. */
    public static @Nullable Way of(WeightSource source) {
      if (source instanceof WeightSource.Parent parent) {
        return parent.morphisms().isEmpty() ? COPY : MORPHISM;
      }
      return source instanceof WeightSource.Partial ? PARTIAL : null;
    }
  }

  /**
   * From a parent to a child.
   *
   * @param child that took over weights
   * @param parent whose weights they were; of a lower number
   * @param way how
   * @param morphisms what was changed, in order, each in its text form; unmodifiable; empty unless
   *     the way is {@link Way#MORPHISM}
   */
  public record Link(TrialId child, TrialId parent, Way way, List<String> morphisms) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if the parent is not older than the child
     */
    public Link {
      requireNonNull(way, "way");
      morphisms = List.copyOf(morphisms);
      if (parent.compareTo(child) >= 0) {
        throw new IllegalArgumentException(
            "A trial inherits from an older one, but trial %s was to inherit from trial %s. Maybe they are of different studies."
                .formatted(child, parent));
      }
    }

    /** Returns the way and the morphisms: {@code copy}, {@code partial}, {@code widen …}. */
    public String describe() {
      return morphisms.isEmpty() ? way.label() : String.join(", ", morphisms);
    }
  }

  private static final Lineage NONE = new Lineage(List.of());

  private final SortedMap<TrialId, Link> links = new TreeMap<>();
  private final Map<TrialId, List<TrialId>> children = new TreeMap<>();

  private Lineage(Iterable<Link> all) {
    all.forEach(link -> links.put(link.child(), link));
    for (Link link : links.values()) {
      children.computeIfAbsent(link.parent(), unused -> new ArrayList<>(1)).add(link.child());
    }
  }

  /** Returns that of a study in which nothing was inherited. */
  public static Lineage none() {
    return NONE;
  }

  /**
   * Returns that of some links, in any order.
   *
   * @param links at most one for a child; of several the last counts
   */
  public static Lineage of(Iterable<Link> links) {
    return new Lineage(links);
  }

  /**
   * Returns the link of a trial to its parent.
   *
   * @param trial the child
   * @param suggestion what it evaluates
   * @return null if it has no parent, or one that no study can have suggested: not an older trial
   */
  public static @Nullable Link link(TrialId trial, Suggestion suggestion) {
    if (!(suggestion instanceof Suggestion.Evaluate evaluate)) {
      return null;
    }
    WeightSource source = evaluate.weights();
    TrialId parent = source.parent();
    Way way = Way.of(source);
    return parent == null || way == null || parent.compareTo(trial) >= 0
        ? null
        : new Link(trial, parent, way, source.morphisms());
  }

  /** Returns whether nothing was inherited. */
  public boolean isEmpty() {
    return links.isEmpty();
  }

  /** Returns all links in the order of their children; unmodifiable. */
  public List<Link> links() {
    return List.copyOf(links.values());
  }

  /** Returns how a trial inherited; null if it did not. */
  public @Nullable Link link(TrialId child) {
    return links.get(child);
  }

  /** Returns those that inherited from a trial, in their order; unmodifiable. */
  public List<TrialId> children(TrialId parent) {
    return Collections.unmodifiableList(children.getOrDefault(parent, List.of()));
  }

  /**
   * Returns the way by which a trial came about: its own link first, that of the oldest ancestor
   * that inherited last; empty for one without a parent. Unmodifiable.
   */
  public List<Link> ancestry(TrialId trial) {
    var ancestry = new ArrayList<Link>();
    for (Link link = links.get(trial); link != null; link = links.get(link.parent())) {
      ancestry.add(link); // ends, since parents are older
    }
    return Collections.unmodifiableList(ancestry);
  }

  /** Returns how many times in a row weights were handed down until they came to a trial. */
  public int generation(TrialId trial) {
    return ancestry(trial).size();
  }

  /** Returns all that came from a trial, itself left out, in their order; unmodifiable. */
  public SortedSet<TrialId> descendants(TrialId trial) {
    var found = new TreeSet<TrialId>();
    var open = new ArrayList<TrialId>(children(trial));
    while (!open.isEmpty()) {
      TrialId next = open.remove(open.size() - 1);
      found.add(next);
      open.addAll(children(next));
    }
    return Collections.unmodifiableSortedSet(found);
  }

  /** Returns those that have children, but no parent, in their order; unmodifiable. */
  public List<TrialId> roots() {
    return children.keySet().stream().filter(trial -> !links.containsKey(trial)).toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Lineage that && links.equals(that.links);
  }

  @Override
  public int hashCode() {
    return links.hashCode();
  }

  /** Returns the links, as {@code [1 -> 2 (copy), 2 -> 3 (widen …)]}. */
  @Override
  public String toString() {
    return links.values().stream()
        .map(link -> "%s -> %s (%s)".formatted(link.parent(), link.child(), link.describe()))
        .toList()
        .toString();
  }
}
