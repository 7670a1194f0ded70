package dev.troupe;

import dev.troupe.actor.PortableStudy;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.isolation.EstimatorRecipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the estimator of a study file in a child JVM, from the file as it was when the study
 * started. Thread safe.
 */
public final class StudyFileMaker implements EstimatorRecipe.Maker {

  /** Called in the child. */
  public StudyFileMaker() {}

  /** Returns how a child makes the estimator of a study: its file, its text and its overrides. */
  static EstimatorRecipe recipe(PortableStudy study) {
    var ingredients = new ArrayList<String>();
    ingredients.add(study.file().toString());
    ingredients.add(study.text());
    ingredients.addAll(study.overrides());
    return new EstimatorRecipe(StudyFileMaker.class, ingredients);
  }

  @Override
  public Estimator make(List<String> ingredients) {
    return StudyFile.parse(
            Path.of(ingredients.get(0)),
            ingredients.get(1),
            ingredients.subList(2, ingredients.size()))
        .createEstimator();
  }
}
