package dev.troupe.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Looks providers up by name. */
public final class Providers {

  private Providers() {}

  /** Returns all providers of a type on the class path, by name. */
  public static <P extends Provider> List<P> all(Class<P> type) {
    var found = new ArrayList<P>();
    ServiceLoader.load(type, type.getClassLoader()).forEach(found::add);
    @Nullable ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null && context != type.getClassLoader()) {
      for (P provider : ServiceLoader.load(type, context)) {
        if (found.stream().noneMatch(known -> known.getClass() == provider.getClass())) {
          found.add(provider);
        }
      }
    }
    found.sort(Comparator.comparing(Provider::name));
    return found;
  }

  /**
   * Returns the provider with this name.
   *
   * @param kind what it is called in messages: {@code strategy}, {@code estimator} …
   * @throws IllegalArgumentException if there is none, with the nearest name
   */
  public static <P extends Provider> P find(Class<P> type, String kind, String name) {
    List<P> all = all(type);
    for (P provider : all) {
      if (provider.name().equals(name)) {
        return provider;
      }
    }
    List<String> names = all.stream().map(Provider::name).toList();
    throw new IllegalArgumentException(
        "There is no %s named '%s'. %s".formatted(kind, name, Nearest.hint(name, names)));
  }

  /** Refuses settings that {@code provider} does not understand. */
  public static void requireKnown(Provider provider, Settings settings) {
    var keys = new ArrayList<String>(provider.options().stream().map(Option::key).toList());
    keys.add("name");
    settings.requireKnown(keys);
  }
}
