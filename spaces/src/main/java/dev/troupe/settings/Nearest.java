package dev.troupe.settings;

import java.util.Collection;
import java.util.Locale;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;
import org.jspecify.annotations.Nullable;

/** Finds what somebody probably meant by a name that does not exist. */
public final class Nearest {

  private static final int MOST_LISTED = 20;

  /** Two letters that changed places are one edit: {@code sdg} means sgd. */
  private static final DamerauLevenshteinDistance DISTANCE = new DamerauLevenshteinDistance();

  private Nearest() {}

  /** Returns the candidate with the least edit distance, or null if none is at all alike. */
  public static @Nullable String find(String name, Collection<String> candidates) {
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int distance =
          DISTANCE.apply(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      int length = Math.max(name.length(), candidate.length());
      boolean isAlike = distance < length && distance <= Math.max(1, length / 2);
      if (isAlike && distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best;
  }

  /** Returns the remedy: {@code Maybe 'x'.}, or what there is. */
  public static String hint(String name, Collection<String> candidates) {
    String nearest = find(name, candidates);
    if (nearest != null) {
      return "Maybe '%s'.".formatted(nearest);
    }
    if (candidates.isEmpty()) {
      return "There are none.";
    }
    if (candidates.size() > MOST_LISTED) {
      return "There are %d others.".formatted(candidates.size());
    }
    return "There are: %s.".formatted(String.join(", ", candidates));
  }
}
