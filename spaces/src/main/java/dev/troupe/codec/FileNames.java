package dev.troupe.codec;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What files and folders of a study are called: the same on every machine. */
public final class FileNames {

  private static final int LONGEST = 150;

  private FileNames() {}

  /**
   * Returns a name that no other study has. Lower-case letters, digits and hyphens stay as they
   * are: file systems may ignore case.
   */
  public static String of(String study) {
    var name = new StringBuilder();
    for (byte b : study.getBytes(StandardCharsets.UTF_8)) {
      if (b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '-') {
        name.append((char) b);
      } else {
        name.append('%').append(String.format(Locale.ROOT, "%02x", b & 0xFF));
      }
    }
    if (name.length() > LONGEST) {
      name.setLength(LONGEST);
      name.append('~').append(Integer.toHexString(study.hashCode()));
    }
    return name.toString();
  }
}
