package dev.troupe.actor;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * A list that only grows. One thread appends; a prefix may be handed to another thread, by any safe
 * publication, and neither changes nor costs a copy whatever is appended after it was taken.
 */
final class PrefixList<E> {

  private static final int FIRST_CAPACITY = 16;

  /** Only places from {@code size} on are ever written: no prefix reaches them. */
  private Object[] elements = new Object[FIRST_CAPACITY];

  private int size;

  void add(E element) {
    if (size == elements.length) {
      elements = Arrays.copyOf(elements, 2 * size);
    }
    elements[size] = element;
    size++;
  }

  int size() {
    return size;
  }

  /**
   * Returns the first {@code length} elements; unmodifiable.
   *
   * @throws IndexOutOfBoundsException if there are not as many
   */
  List<E> prefix(int length) {
    return new Prefix<>(elements, Objects.checkIndex(length, size + 1));
  }

  private static final class Prefix<E> extends AbstractList<E> implements RandomAccess {

    private final Object[] elements;
    private final int length;

    Prefix(Object[] elements, int length) {
      this.elements = elements;
      this.length = length;
    }

    @SuppressWarnings("unchecked") // only elements of this type are ever added
    @Override
    public E get(int index) {
      return (E) elements[Objects.checkIndex(index, length)];
    }

    @Override
    public int size() {
      return length;
    }
  }
}
