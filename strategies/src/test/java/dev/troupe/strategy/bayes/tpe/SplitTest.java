package dev.troupe.strategy.bayes.tpe;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTest {

  @Test
  void good_ofTheRoot_givesCountsOfExample() {
    Config example =
        ConfigFactory.parseResources(SplitTest.class, "worked-examples.conf").getConfig("tpe-2");
    List<Integer> trials = example.getIntList("trials");
    List<Integer> good = example.getIntList("good");
    for (int i = 0; i < trials.size(); i++) {
      assertThat(Split.ROOT.good(0.25, 25, trials.get(i))).isEqualTo(good.get(i));
    }
  }

  @Test
  void good_ofTheNumber_isAShareUpToTheMost() {
    assertThat(Split.LINEAR.good(0.1, 25, 1)).isEqualTo(1);
    assertThat(Split.LINEAR.good(0.1, 25, 11)).isEqualTo(2);
    assertThat(Split.LINEAR.good(0.1, 25, 1000)).isEqualTo(25);
    assertThat(Split.LINEAR.good(0.1, 25, 0)).isZero();
  }
}
