package dev.troupe.study;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the weights of a candidate come from before its evaluation. */
public sealed interface WeightSource {

  /** Freshly initialised weights. */
  static WeightSource fresh() {
    return Fresh.INSTANCE;
  }

  /** Returns the other trial that they come from; null if there is none. */
  default @Nullable TrialId parent() {
    return null;
  }

  /** Returns what changed on the way from the parent, in order; unmodifiable. */
  default List<String> morphisms() {
    return List.of();
  }

  /** Freshly initialised weights. */
  enum Fresh implements WeightSource {
    /** The only value. */
    INSTANCE
  }

  /**
   * The candidate's own last checkpoint: the evaluation goes on where this trial paused.
   *
   * @param trial the paused trial, which goes on under the same id
   */
  record Checkpoint(TrialId trial) implements WeightSource {

    /** Requires the trial. */
    public Checkpoint {
      requireNonNull(trial, "trial");
    }
  }

  /**
   * The weights of a parent trial, changed by function-preserving morphisms; without any morphism
   * an exact copy.
   *
   * @param parent an ended or paused trial
   * @param morphisms what turns the parent's architecture into this one, in order, each in its text
   *     form; unmodifiable
   */
  record Parent(TrialId parent, List<String> morphisms) implements WeightSource {

    /** Requires the parent and copies the list. */
    public Parent {
      requireNonNull(parent, "parent");
      morphisms = List.copyOf(morphisms);
    }
  }

  /**
   * The parent's weights where name and shape of a layer agree, fresh weights elsewhere.
   *
   * @param parent an ended or paused trial
   */
  record Partial(TrialId parent) implements WeightSource {

    /** Requires the parent. */
    public Partial {
      requireNonNull(parent, "parent");
    }
  }
}
