package dev.troupe.strategy.bayes.tpe;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Makes {@link TpeStrategy}, known as {@code tpe}. */
public final class TpeProvider implements StrategyProvider {

  /** For the service loader. */
  public TpeProvider() {}

  @Override
  public String name() {
    return TpeStrategy.NAME;
  }

  @Override
  public String description() {
    return "Tree-structured Parzen estimator: where good trials lie close and bad ones do not";
  }

  @Override
  public List<Option> options() {
    TpeOptions defaults = TpeOptions.defaults();
    return List.of(
        new Option(
            "startup", text(defaults.startup()), "trials that have to end before there is a model"),
        new Option(
            "candidates", text(defaults.candidates()), "draws of which the best is suggested"),
        new Option(
            "split",
            text(defaults.split()),
            "whether good-share is of the number of trials (linear) or of its root (root)"),
        new Option("good-share", text(defaults.goodShare()), "how many trials count as good"),
        new Option("most-good", text(defaults.mostGood()), "no more trials count as good"),
        new Option("most-bad", text(defaults.mostBad()), "no more bad trials are modelled"));
  }

  private static String text(Object value) {
    return value.toString().toLowerCase(Locale.ROOT);
  }

  @Override
  public Strategy create(StrategyRequest request) {
    Providers.requireKnown(this, request.settings());
    return new TpeStrategy(
        request.space(), request.objectives(), request.streams(), options(request.settings()));
  }

  private static TpeOptions options(Settings settings) {
    TpeOptions defaults = TpeOptions.defaults();
    int largest = TpeOptions.LARGEST;
    List<String> splits = Arrays.stream(Split.values()).map(TpeProvider::text).toList();
    String split = settings.getOneOf("split", text(defaults.split()), splits);
    return new TpeOptions(
        settings.getInt("startup", defaults.startup(), 1, largest),
        settings.getInt("candidates", defaults.candidates(), 1, largest),
        Split.valueOf(split.toUpperCase(Locale.ROOT)),
        settings.getDouble("good-share", defaults.goodShare(), 0, TpeOptions.LARGEST_SHARE),
        settings.getInt("most-good", defaults.mostGood(), 1, largest),
        settings.getInt("most-bad", defaults.mostBad(), 1, largest));
  }
}
