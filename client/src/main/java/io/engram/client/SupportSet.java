package io.engram.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The handful of examples that a model is adapted on. Immutable: arrays are copied. */
public sealed interface SupportSet {

  /** Number of examples; 0 for {@link #none} and {@link #noNumbers} alone. */
  int size();

  /** No examples of classes: for a version that is {@link Model#usableAsItIs usable as it is}. */
  static Labeled none() {
    return new Labeled(List.of(), List.of());
  }

  /** No examples of numbers: for a version that is {@link Model#usableAsItIs usable as it is}. */
  static Measured noNumbers() {
    return new Measured(List.of(), List.of());
  }

  /** Examples of classes, by name. */
  static Labeled of(float[][] features, String... labels) {
    return new Labeled(rows(features), List.of(labels));
  }

  /** Examples of classes, by name. */
  static Labeled of(float[][] features, List<String> labels) {
    return new Labeled(rows(features), labels);
  }

  /** Examples of a number to predict. */
  static Measured of(float[][] features, float... targets) {
    List<float[]> rows = new ArrayList<>();
    for (float target : targets) {
      rows.add(new float[] {target});
    }
    return new Measured(rows(features), rows);
  }

  /** Examples of several numbers to predict. */
  static Measured of(float[][] features, float[][] targets) {
    return new Measured(rows(features), rows(targets));
  }

  /**
   * Examples of classes.
   *
   * @param features one row each
   * @param labels one each
   */
  record Labeled(List<float[]> features, List<String> labels) implements SupportSet {
    public Labeled {
      features = List.copyOf(features);
      labels = List.copyOf(labels);
      requireSame(features.size(), labels.size(), "labels");
    }

    @Override
    public int size() {
      return labels.size();
    }

    /** Class names in order of first appearance. */
    public List<String> classes() {
      return labels.stream().distinct().toList();
    }

    /**
     * These examples and one more, whose class may be one that comes first with it.
     *
     * @param row its features
     */
    public Labeled and(float[] row, String label) {
      List<float[]> more = new ArrayList<>(features);
      more.add(row.clone());
      List<String> names = new ArrayList<>(labels);
      names.add(label);
      return new Labeled(more, names);
    }

    /** The examples of these classes, or null if there are none. */
    @Nullable Labeled only(Set<String> classes) {
      List<float[]> rows = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (int i = 0; i < labels.size(); i++) {
        if (classes.contains(labels.get(i))) {
          rows.add(features.get(i));
          names.add(labels.get(i));
        }
      }
      return names.isEmpty() ? null : new Labeled(rows, names);
    }
  }

  /**
   * Examples of numbers to predict.
   *
   * @param features one row each
   * @param targets one row each
   */
  record Measured(List<float[]> features, List<float[]> targets) implements SupportSet {
    public Measured {
      features = List.copyOf(features);
      targets = List.copyOf(targets);
      requireSame(features.size(), targets.size(), "targets");
    }

    @Override
    public int size() {
      return targets.size();
    }
  }

  private static List<float[]> rows(float[][] rows) {
    return Arrays.stream(rows).map(float[]::clone).toList();
  }

  private static void requireSame(int features, int others, String what) {
    if (features != others) {
      throw new IllegalArgumentException(
          "a support set needs as many %s as examples; found %d and %d"
              .formatted(what, others, features));
    }
  }
}
