package dev.troupe.space;

import java.util.Locale;

/** Names in kebab case, as a study file writes them: {@code learningRate} is learning-rate. */
final class Kebab {

  private Kebab() {}

  /** Returns the constant's name with hyphens: {@code RE_LU} is {@code re-lu}. */
  static String fromEnum(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns a Java name in kebab case: {@code learningRate} and {@code LearningRate} alike. */
  static String fromJava(String name) {
    var text = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        boolean afterLower = i > 0 && !Character.isUpperCase(name.charAt(i - 1));
        boolean beforeLower =
            i > 0 && i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
        if ((afterLower || beforeLower) && text.charAt(text.length() - 1) != '-') {
          text.append('-');
        }
        text.append(Character.toLowerCase(c));
      } else {
        text.append(c == '_' ? '-' : c);
      }
    }
    return text.toString();
  }
}
