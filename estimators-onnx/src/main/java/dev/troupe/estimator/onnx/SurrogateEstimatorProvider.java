package dev.troupe.estimator.onnx;

import dev.troupe.estimator.AnswerScope;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorProvider;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.SpaceRequest;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import dev.troupe.space.SearchSpace;
import java.nio.file.Path;
import java.util.List;

/** Makes the {@code surrogate} estimator. */
public final class SurrogateEstimatorProvider implements EstimatorProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public SurrogateEstimatorProvider() {}

  @Override
  public String name() {
    return "surrogate";
  }

  @Override
  public String description() {
    return "A model in ONNX format that predicts results, in the folder format of YAHPO Gym";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("folder", "required", "holds model.onnx, config_space.json and encoding.json"),
        new Option("instance", "required", "the task, as config_space.json names it"),
        new Option(
            "instance-parameter",
            "OpenML_task_id or task_id",
            "the entry of config_space.json that names the task"),
        new Option("inputs", "by folder name", "the model's inputs in its own order"),
        new Option("outputs", "by folder name", "the model's outputs in its own order"),
        new Option("metrics", "all outputs", "metric = output; outputs in kebab case by default"),
        new Option(
            "fidelity",
            "upper bounds",
            "parameter = value, or axis { parameter, from, to } for curves"),
        new Option(
            "cost", "by folder name", "the output that tells the seconds; none: no time passes"),
        new Option("report", "none", "name = output, told for the best trial after the search"));
  }

  @Override
  public Estimator create(EstimatorRequest request) {
    Settings settings = request.settings();
    Path folder = SurrogateTask.folder(settings, request.folder());
    SurrogateTask task = SurrogateTask.from(settings, request.folder());
    Targets targets = Targets.from(settings, task.scenario());
    new AnswerScope(
            "surrogate " + task.scenario().name(),
            task.space(),
            List.copyOf(targets.metrics().keySet()))
        .require(request);
    var layout = new InputLayout(task, folder.resolve("encoding.json"));
    SurrogateModel model =
        SurrogateModel.load(
            folder.resolve("model.onnx"),
            layout.categoryCount(),
            layout.numberCount(),
            task.scenario().outputs().size());
    return new SurrogateEstimator(task, layout, targets, model);
  }

  /**
   * {@inheritDoc} That of {@code config_space.json} without the task and the fidelity parameters;
   * there is nothing to guess, so hints are refused.
   */
  @Override
  public SearchSpace inferSpace(SpaceRequest request) {
    request.hints().requireKnown(List.of());
    return SurrogateTask.from(request.settings(), request.folder()).space();
  }
}
