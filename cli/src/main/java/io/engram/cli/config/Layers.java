package io.engram.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the user said, by where it was said; later components win.
 *
 * @param preset name of a source whose preset lies under everything the user says, or null
 * @param derived values found out from the data, e.g. a network's size, with the origin to show for each
 * @param file configuration file, or null
 * @param environment the process environment; variables that start with {@code ENGRAM_} count
 * @param assignments {@code key=value} from {@code --set}, in order
 * @param options values of named options, by key
 */
public record Layers(
    @Nullable String preset,
    Map<String, Derived> derived,
    @Nullable Path file,
    Map<String, String> environment,
    List<String> assignments,
    Map<String, Option> options) {

  public Layers {
    derived = Map.copyOf(derived);
    environment = Map.copyOf(environment);
    assignments = List.copyOf(assignments);
    options = Map.copyOf(options);
  }

  /** A value found out from the data, and how. */
  public record Derived(Object value, String origin) {}

  /** A value given by a named option, e.g. {@code --tasks}. */
  public record Option(String name, String value) {}

  /** Nothing said: the reference alone. */
  public static Layers none() {
    return new Layers(null, Map.of(), null, Map.of(), List.of(), Map.of());
  }

  /** The same with another preset. */
  public Layers withPreset(String name) {
    return new Layers(name, derived, file, environment, assignments, options);
  }

  /** The same with values found out from the data. */
  public Layers withDerived(Map<String, Derived> values) {
    return new Layers(preset, values, file, environment, assignments, options);
  }

  /** The same with a file. */
  public Layers withFile(Path path) {
    return new Layers(preset, derived, path, environment, assignments, options);
  }

  /** The same with another environment. */
  public Layers withEnvironment(Map<String, String> variables) {
    return new Layers(preset, derived, file, variables, assignments, options);
  }

  /** The same with one more {@code key=value}. */
  public Layers withAssignment(String assignment) {
    List<String> more = new ArrayList<>(assignments);
    more.add(assignment);
    return new Layers(preset, derived, file, environment, more, options);
  }

  /** The same with one more named option. */
  public Layers withOption(String key, String name, String value) {
    Map<String, Option> more = new LinkedHashMap<>(options);
    more.put(key, new Option(name, value));
    return new Layers(preset, derived, file, environment, assignments, more);
  }
}
