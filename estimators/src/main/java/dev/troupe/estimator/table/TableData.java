package dev.troupe.estimator.table;

import dev.troupe.estimator.table.TableSettings.Join;
import dev.troupe.estimator.table.TableSettings.Parameters;
import dev.troupe.settings.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A table as it was read: filtered, joined and split.
 *
 * @param columns the cells
 * @param parameters by name of a parameter, its column
 */
record TableData(Columns columns, Map<String, String> parameters) {

  /**
   * Reads the columns that the settings name.
   *
   * @param space the parameters of the space, or null if it is to be inferred
   * @throws IllegalArgumentException if a file cannot be read, or does not have what the settings
   *     say
   */
  static TableData load(TableSettings settings, @Nullable List<String> space) {
    return new Loader(settings).load(space);
  }

  /** Knows the headers, and what is needed of them. */
  private static final class Loader {

    private final TableSettings settings;
    private final CsvFile file;
    private final @Nullable Join join;
    private final @Nullable CsvFile joined;
    private final List<String> available;

    Loader(TableSettings settings) {
      this.settings = settings;
      file = CsvFile.open(settings.file());
      join = settings.join();
      joined = join == null ? null : CsvFile.open(join.file());
      available = available();
    }

    /** The columns that there are once the files are joined and split. */
    private List<String> available() {
      var all = new ArrayList<>(file.header());
      if (joined != null && join != null) {
        for (String column : joined.header()) {
          if (!column.equals(join.on())) {
            requireNew(column, all, "of '%s'".formatted(joined.name()));
            all.add(column);
          }
        }
      }
      settings
          .splits()
          .forEach(
              (source, parts) -> {
                requirePresent(source, all);
                for (String part : parts) {
                  requireNew(part, all, "that 'split' makes");
                  all.add(part);
                }
              });
      return List.copyOf(all);
    }

    private void requireNew(String column, Collection<String> all, String origin) {
      if (all.contains(column)) {
        throw new IllegalArgumentException(
            "Table '%s' has a column '%s' already, besides the one %s. Maybe rename one."
                .formatted(file.name(), column, origin));
      }
    }

    private void requirePresent(String column, Collection<String> all) {
      if (!all.contains(column)) {
        throw new IllegalArgumentException(
            "Table '%s' has no column '%s'. %s"
                .formatted(file.name(), column, Nearest.hint(column, all)));
      }
    }

    TableData load(@Nullable List<String> space) {
      Set<String> numbers = numbers();
      Map<String, String> parameters = parameters(space, numbers);
      var texts = new LinkedHashSet<>(parameters.values());
      texts.addAll(settings.where().keySet());
      texts.addAll(settings.splits().keySet());
      texts.addAll(settings.values().keySet());
      texts.forEach(column -> requirePresent(column, available));
      numbers.forEach(column -> requirePresent(column, available));
      return new TableData(transformed(texts, numbers), parameters);
    }

    private Set<String> numbers() {
      var numbers = new LinkedHashSet<String>();
      FidelityAxis axis = settings.axis();
      List<Long> steps = axis == null ? List.of() : axis.steps();
      settings.metrics().forEach(each -> each.expand(steps).forEach(numbers::addAll));
      settings.report().forEach(each -> each.expand(steps).forEach(numbers::addAll));
      ValueColumns cost = settings.cost();
      if (cost != null) {
        cost.expand(steps).forEach(numbers::addAll);
      }
      if (axis != null && axis.column() != null) {
        numbers.add(axis.column());
      }
      numbers.addAll(settings.grid().values());
      return numbers;
    }

    private Map<String, String> parameters(@Nullable List<String> space, Set<String> numbers) {
      Parameters wanted = settings.parameters();
      if (wanted == null) {
        return space == null
            ? ParameterNames.derive(file.name(), unused(numbers))
            : ParameterNames.match(file.name(), space, available);
      }
      wanted.columns().forEach(column -> requirePresent(column, available));
      Map<String, String> named =
          wanted.named().isEmpty()
              ? ParameterNames.derive(file.name(), wanted.columns())
              : inOrder(wanted.named());
      if (space != null) {
        requireSame(named.keySet(), space);
      }
      return named;
    }

    /** The study file's block has no order of its own, but the columns have. */
    private Map<String, String> inOrder(Map<String, String> named) {
      named.values().forEach(column -> requirePresent(column, available));
      var ordered = new LinkedHashMap<String, String>();
      for (String column : available) {
        named.forEach(
            (name, wanted) -> {
              if (wanted.equals(column)) {
                ordered.put(name, column);
              }
            });
      }
      return ordered;
    }

    private void requireSame(Set<String> named, List<String> space) {
      for (String name : named) {
        if (!space.contains(name)) {
          throw new IllegalArgumentException(
              "estimator.parameters: each must be a parameter of the space, but '%s' is none. %s"
                  .formatted(name, Nearest.hint(name, space)));
        }
      }
      for (String name : space) {
        if (!named.contains(name)) {
          throw new IllegalArgumentException(
              "estimator.parameters: each parameter of the space must have a column, but '%s' has none. %s"
                  .formatted(name, Nearest.hint(name, named)));
        }
      }
    }

    private List<String> unused(Set<String> numbers) {
      var used = new HashSet<>(numbers);
      used.addAll(settings.where().keySet());
      used.addAll(settings.splits().keySet());
      if (join != null) {
        used.add(join.on());
      }
      List<String> rest = available.stream().filter(column -> !used.contains(column)).toList();
      if (rest.isEmpty()) {
        throw new IllegalArgumentException(
            "Table '%s' must have a column for a parameter, but all are used otherwise. Maybe set estimator.parameters."
                .formatted(file.name()));
      }
      return rest;
    }

    private Columns transformed(Set<String> texts, Set<String> numbers) {
      var keys = new LinkedHashSet<>(texts);
      if (join != null) {
        keys.add(join.on());
      }
      Columns columns = filtered(read(file, keys, numbers), file.header()::contains);
      if (joined != null && join != null) {
        columns = columns.join(read(joined, keys, numbers), join.on());
      }
      for (Map.Entry<String, List<String>> split : settings.splits().entrySet()) {
        String separator = settings.separators().getOrDefault(split.getKey(), "");
        columns = columns.split(split.getKey(), split.getValue(), separator);
      }
      for (Map.Entry<String, List<String>> values : settings.values().entrySet()) {
        columns = columns.lookUp(values.getKey(), values.getValue());
      }
      return filtered(columns, column -> !file.header().contains(column));
    }

    private static Columns read(CsvFile from, Set<String> texts, Set<String> numbers) {
      return from.read(intersection(texts, from.header()), intersection(numbers, from.header()));
    }

    private static Set<String> intersection(Set<String> wanted, List<String> header) {
      var common = new LinkedHashSet<>(wanted);
      common.retainAll(header);
      return common;
    }

    private Columns filtered(Columns columns, Predicate<String> chosen) {
      Columns result = columns;
      for (Map.Entry<String, Set<String>> filter : settings.where().entrySet()) {
        if (chosen.test(filter.getKey())) {
          result = result.where(filter.getKey(), filter.getValue());
        }
      }
      return result;
    }
  }
}
