package dev.troupe.estimator.curve;

/**
 * Extrapolates a learning curve, with uncertainty. Pure: a prediction is determined by the query
 * and by the settings and the seed that the model was made with, whatever was asked before. A model
 * may keep what it worked out for earlier queries to save time, never to change an answer. Thread
 * safe.
 */
public interface CurveModel {

  /**
   * Predicts the value of a curve at the query's horizon. A curve that has diverged (NaN, infinite
   * or absurd values) is predicted to end badly; no values make this method fail.
   */
  CurvePrediction predict(CurveQuery query);
}
