package dev.troupe.estimator.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Objective;
import dev.troupe.study.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every pruner has to keep, whatever it is shown; subclass it for a new one. */
public abstract class PrunerContract {

  private static final int STEPS = 27;

  private static final List<Objective> TWO =
      List.of(Objective.minimize("loss"), Objective.maximize("size"));

  /** Makes a new pruner, of one kind and always with the same settings. */
  protected abstract Pruner createPruner(List<Objective> objectives);

  private record Question(ActiveTrial trial, List<EndedTrial> ended, List<ActiveTrial> active) {

    Verdict to(Pruner pruner) {
      return pruner.judge(trial, ended, active);
    }
  }

  private static List<Question> questions(long seed, int history) {
    var random = new Random(seed);
    List<EndedTrial> ended = Scenes.randomHistory(history, STEPS, random);
    var questions = new ArrayList<Question>();
    for (int i = 0; i < 60; i++) {
      var active = new ArrayList<ActiveTrial>();
      for (int j = 0; j < random.nextInt(5); j++) {
        active.add(
            Scenes.active(history + 10 + j, Scenes.randomCurve(random.nextInt(STEPS), random)));
      }
      questions.add(
          new Question(
              Scenes.active(
                  history + 1 + random.nextInt(9),
                  Scenes.randomCurve(1 + random.nextInt(STEPS), random)),
              List.copyOf(ended.subList(0, random.nextInt(history + 1))),
              active));
    }
    return questions;
  }

  private static List<Verdict> answers(Pruner pruner, List<Question> questions) {
    return questions.stream().map(question -> question.to(pruner)).toList();
  }

  @Test
  final void judge_anything_continuesOrStops() {
    for (List<Objective> objectives : List.of(TWO.subList(0, 1), TWO.subList(1, 2), TWO)) {
      Pruner pruner = createPruner(objectives);
      assertThat(answers(pruner, questions(1, 40))).doesNotContain(Verdict.PAUSE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  final void judge_inAnotherOrder_answersTheSame(int seed) {
    List<Question> questions = questions(seed, 120);
    List<Objective> objectives = seed % 2 == 0 ? TWO : TWO.subList(0, 1);
    List<Verdict> once = answers(createPruner(objectives), questions);
    var reversed = new ArrayList<>(questions);
    Collections.reverse(reversed);
    List<Verdict> backwards = new ArrayList<>(answers(createPruner(objectives), reversed));
    Collections.reverse(backwards);
    assertThat(backwards).as("seed %d", seed).isEqualTo(once);
    List<Verdict> alone =
        questions.stream().map(question -> question.to(createPruner(objectives))).toList();
    assertThat(alone).as("seed %d", seed).isEqualTo(once);
  }

  @Test
  final void judge_ofAnotherStudy_answersAsANewPruner() {
    List<Question> questions = questions(11, 50);
    Pruner used = createPruner(TWO);
    answers(used, questions(12, 70));
    assertThat(answers(used, questions)).isEqualTo(answers(createPruner(TWO), questions));
  }

  @Test
  final void judge_withoutOthers_doesNotThrow() {
    Pruner pruner = createPruner(TWO);
    assertThat(pruner.judge(Scenes.active(1, List.of(Scenes.at(0, 1, 1))), List.of(), List.of()))
        .isEqualTo(Verdict.CONTINUE);
  }
}
