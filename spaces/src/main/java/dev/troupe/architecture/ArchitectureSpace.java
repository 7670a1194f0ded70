package dev.troupe.architecture;

import static java.util.Objects.requireNonNull;

import dev.troupe.space.Configuration;
import dev.troupe.space.Decoder;
import dev.troupe.space.SearchSpace;
import dev.troupe.space.TypedSpace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A space whose configurations stand for architectures. Its {@link #searchSpace} carries the
 * decoder with it, so that any strategy and any estimator can be given that alone. Immutable and
 * thread safe.
 */
public final class ArchitectureSpace implements TypedSpace<Architecture> {

  private final SearchSpace space;
  private final NetworkDecoder decoder;

  private ArchitectureSpace(SearchSpace space, NetworkDecoder decoder) {
    this.space = space;
    this.decoder = decoder;
  }

  /**
   * Returns a space of architectures.
   *
   * @param space the decisions, and how they are changed and mixed; without a decoder
   * @param decoder pure; is given valid configurations with the parameters of {@code space} alone
   */
  public static ArchitectureSpace of(
      SearchSpace.Builder space, Function<Configuration, Architecture> decoder) {
    return of(space, decoder, UnaryOperator.identity());
  }

  /**
   * Returns a space of architectures in which several configurations can stand for the same one.
   *
   * @param space the decisions, and how they are changed and mixed; without a decoder
   * @param decoder pure; is given valid configurations with the parameters of {@code space} alone
   * @param canonical pure; returns the configuration that stands for all those that mean the same
   */
  public static ArchitectureSpace of(
      SearchSpace.Builder space,
      Function<Configuration, Architecture> decoder,
      UnaryOperator<Configuration> canonical) {
    SearchSpace plain = space.build();
    var network = new NetworkDecoder(plain, decoder, canonical);
    return new ArchitectureSpace(space.decoder(network).build(), network);
  }

  /**
   * Returns the space of both: architectures and the hyperparameters of their training.
   *
   * @throws IllegalArgumentException if a parameter has the same name in both
   */
  public SearchSpace joinedWith(SearchSpace hyperparameters) {
    return joinedWith(hyperparameters, List.of());
  }

  /**
   * Returns the space of both: architectures and the hyperparameters of their training.
   *
   * @param hyperparameters searched together with the architecture; null for none
   * @param constraints texts of further constraints, on parameters of both
   * @throws IllegalArgumentException if a parameter has the same name in both, or a constraint
   *     cannot be read or obeyed
   */
  public SearchSpace joinedWith(@Nullable SearchSpace hyperparameters, List<String> constraints) {
    return hyperparameters == null && constraints.isEmpty()
        ? space
        : JointSpace.of(space, decoder, hyperparameters, constraints);
  }

  @Override
  public SearchSpace searchSpace() {
    return space;
  }

  /** Returns the names of the decisions in order. */
  public List<String> names() {
    return space.names();
  }

  /** Returns what turns configurations into architectures. */
  public Decoder<Architecture> decoder() {
    return decoder;
  }

  /**
   * Returns the architecture for which a configuration stands.
   *
   * @throws IllegalArgumentException if the configuration is not in the space
   */
  @Override
  public Architecture instance(Configuration configuration) {
    space.validate(configuration);
    return decoder.decode(configuration);
  }

  /** Refuses: many configurations can stand for one architecture, and most for none. */
  @Override
  public Configuration configuration(Architecture instance) {
    throw new IllegalArgumentException(
        "An architecture has no configuration of its own; configurations of this space have the parameters %s. Maybe keep the configuration that it came from."
            .formatted(space.names()));
  }

  /** Decodes after it has checked, since a decoder takes its decisions on trust. */
  private record NetworkDecoder(
      SearchSpace plain,
      Function<Configuration, Architecture> decoder,
      UnaryOperator<Configuration> canonical)
      implements Decoder<Architecture> {

    NetworkDecoder {
      requireNonNull(decoder, "decoder");
      requireNonNull(canonical, "canonical");
    }

    @Override
    public Class<Architecture> type() {
      return Architecture.class;
    }

    @Override
    public Set<String> names() {
      return Set.copyOf(plain.names());
    }

    @Override
    public Architecture decode(Configuration configuration) {
      return decoder.apply(own(configuration));
    }

    @Override
    public Configuration canonical(Configuration configuration) {
      return JointSpace.replace(configuration, plain, canonical.apply(own(configuration)));
    }

    @Override
    public <A> Optional<A> unwrap(Class<A> wanted) {
      return wanted.isInstance(decoder)
          ? Optional.of(wanted.cast(decoder))
          : Decoder.super.unwrap(wanted);
    }

    private Configuration own(Configuration configuration) {
      Configuration own = JointSpace.project(configuration, plain);
      plain.validate(own);
      return own;
    }
  }
}
