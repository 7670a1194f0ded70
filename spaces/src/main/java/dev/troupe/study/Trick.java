package dev.troupe.study;

import java.util.Locale;

/** What makes an evaluation cheaper than a full one. */
public enum Trick {
  /** A trial was stopped, since others were better or it had come to nothing. */
  EARLY_STOPPING,
  /** A trial was stopped, since its curve told where it would end. */
  EXTRAPOLATION,
  /** A trial went on from the weights of another one. */
  INHERITANCE,
  /** A trial used the weights that many share. */
  SHARING,
  /** A trial was evaluated on less than the real thing. */
  LOW_FIDELITY;

  /** Returns its name in kebab case, as results and meters show it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
