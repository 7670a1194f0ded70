package dev.troupe.strategy.bayes;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes {@link GpUcbStrategy}, known as {@code gp-ucb}. */
public final class GpUcbProvider implements StrategyProvider {

  private static final int LEAST_HELD = 10;
  private static final int MOST_HELD = 300;
  private static final int MANY_DIMENSIONS = 20;
  private static final int LEAST_PATIENCE = 4;
  private static final int LARGEST = 5000;
  private static final String AUTO = "auto";
  private static final String EJML = LinearAlgebra.ejml().name();
  private static final String LAPACK = "lapack";

  /** For the service loader. */
  public GpUcbProvider() {}

  @Override
  public String name() {
    return GpUcbStrategy.NAME;
  }

  @Override
  public String description() {
    return "Bayesian optimisation with a Gaussian process";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option(
            "acquisition",
            AcquisitionKind.LOG_EI.word(),
            "by what it chooses: log-ei, ucb or thompson"),
        new Option(
            "initial", AUTO, "evenly spread suggestions before those that follow the process"),
        new Option(
            "most-observations",
            String.valueOf(MOST_HELD),
            "observations that the process holds; of more, those around the best"),
        new Option(
            "linear-algebra",
            EJML,
            "by what it computes: ejml, or OpenBLAS's lapack, whose last digits are the machine's, where it is on the class path; auto takes lapack if it is there"),
        new Option(
            "trust-region",
            "auto",
            "whether to search a region around the best only; auto: in more than %d dimensions"
                .formatted(MANY_DIMENSIONS)));
  }

  @Override
  public Strategy create(StrategyRequest request) {
    Providers.requireKnown(this, request.settings());
    Settings settings = request.settings();
    return new GpUcbStrategy(
        request.space(),
        request.objectives(),
        request.streams(),
        new GpUcbOptions(
            acquisition(settings),
            initial(settings),
            settings.getInt("most-observations", MOST_HELD, LEAST_HELD, LARGEST),
            patience(settings, new CandidateSpace(request.space()).effectiveDimensions()),
            linearAlgebra(settings)),
        request.plan());
  }

  private static LinearAlgebra linearAlgebra(Settings settings) {
    return switch (settings.getOneOf("linear-algebra", EJML, List.of(EJML, LAPACK, AUTO))) {
      case LAPACK -> LinearAlgebra.lapack();
      case AUTO -> LinearAlgebra.fastest();
      default -> LinearAlgebra.ejml();
    };
  }

  private static AcquisitionKind acquisition(Settings settings) {
    List<String> words =
        Arrays.stream(AcquisitionKind.values()).map(AcquisitionKind::word).toList();
    String word = settings.getOneOf("acquisition", AcquisitionKind.LOG_EI.word(), words);
    return AcquisitionKind.values()[words.indexOf(word)];
  }

  private static @Nullable Integer initial(Settings settings) {
    boolean isAuto = AUTO.equals(settings.getString("initial", AUTO));
    return isAuto ? null : settings.getInt("initial", 1, 1, LARGEST);
  }

  private static int patience(Settings settings, double dimensions) {
    String word = settings.getOneOf("trust-region", "auto", List.of("auto", "yes", "no"));
    boolean isTrusted = word.equals("yes") || word.equals("auto") && dimensions > MANY_DIMENSIONS;
    return isTrusted ? (int) Math.max(LEAST_PATIENCE, dimensions) : 0;
  }
}
