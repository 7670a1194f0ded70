package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Prefixes stay as they are while the list grows. */
class PrefixListTest {

  @Test
  void prefix_listGrows_staysTheSame() {
    var list = new PrefixList<Long>();
    List<Long> none = list.prefix(0);
    for (long value = 0; value < 1000; value++) {
      list.add(value);
    }
    List<Long> some = list.prefix(600);
    for (long value = 0; value < 1000; value++) {
      list.add(-value);
    }

    assertThat(none).isEmpty();
    assertThat(some).isEqualTo(LongStream.range(0, 600).boxed().toList());
    assertThat(list.size()).isEqualTo(2000);
  }

  @Test
  void prefix_tooLongOrWritten_throws() {
    var list = new PrefixList<String>();
    list.add("a");
    List<String> prefix = list.prefix(1);
    list.add("b");

    assertThatThrownBy(() -> list.prefix(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> prefix.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> prefix.set(0, "c")).isInstanceOf(UnsupportedOperationException.class);
  }
}
