package io.engram.client;

import io.engram.core.network.Head;
import io.engram.core.task.ExampleSet;
import io.engram.engine.fused.FusedEngine;
import io.engram.model.Adaptation;
import io.engram.model.UnreadableVersionException;
import io.engram.schemas.Assembly;
import io.engram.schemas.avro.ModelManifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Adapts whichever version to whichever few rows, and answers: for those who serve others. Versions are held ready to be adapted, and
 * what was adapted to the same rows is found again, both within bounds. The answers are those of {@link Classifier#predictAll} and
 * {@link Regressor#predictAll}, to the bit. Thread-safe; computes on the caller's thread.
 */
public final class FewShots implements AutoCloseable {

  private final Workbenches benches = new Workbenches(new FusedEngine(1));
  private final RecentlyUsed<Held> versions;
  private final AdaptedCache cache;

  /** A version is the same if all that is known of it is: other classes under the same parameters make another one. */
  private record Held(ModelManifest manifest, Model model) {}

  public FewShots(FewShotConfig config) {
    this.versions = new RecentlyUsed<>(config.versions());
    this.cache = new AdaptedCache(config.cacheBytes());
  }

  /**
   * The version, read where it is not held.
   *
   * @param bytes its parameters, asked for only where it is not held
   * @return empty where there are no bytes
   * @throws UnreadableVersionException if it cannot be used
   */
  public Optional<Model> model(ModelManifest manifest, Supplier<Optional<byte[]>> bytes) {
    String key = manifest.getModelName() + "/" + manifest.getVersion();
    Held held = versions.find(key);
    if (held != null && held.manifest().equals(manifest)) {
      return Optional.of(held.model());
    }
    return reading(key, manifest, bytes);
  }

  /** One at a time: of many who ask for a new version, one reads it. */
  private synchronized Optional<Model> reading(
      String key, ModelManifest manifest, Supplier<Optional<byte[]>> bytes) {
    Held held = versions.find(key);
    if (held != null && held.manifest().equals(manifest)) {
      return Optional.of(held.model());
    }
    return bytes
        .get()
        .map(
            it -> {
              Model read =
                  Model.read(new Assembly.Complete(manifest, it), Instant.EPOCH, Instant.EPOCH);
              versions.get(key, known -> false, known -> new Held(manifest, read));
              return read;
            });
  }

  /** Whether it tells classes apart. */
  public static boolean classifies(Model model) {
    return model.network().head() != Head.MEAN_SQUARED_ERROR;
  }

  /** Whether rows change what it answers. */
  public static boolean adapts(Model model) {
    return !(model.adaptation() instanceof Adaptation.None);
  }

  /**
   * Answers questions about classes.
   *
   * @param support may be {@link SupportSet#none} where the version is {@link Model#usableAsItIs usable as it is}
   * @throws IllegalArgumentException if rows do not fit the version
   * @throws AdaptationException if adapting diverges
   */
  public List<Prediction> classify(
      Model model, SupportSet.Labeled support, List<float[]> questions) {
    Classifier adapted =
        (Classifier) cache.get(model, support, () -> Classifier.adapt(benches, model, support));
    return adapted.predictAll(questions);
  }

  /**
   * Answers questions about numbers.
   *
   * @param support may be {@link SupportSet#noNumbers} where the version is {@link Model#usableAsItIs usable as it is}
   * @throws IllegalArgumentException if rows do not fit the version, or the level is another than 0.5, 0.8, 0.9 or 0.95
   * @throws AdaptationException if adapting diverges, or outputs are no numbers
   */
  public Numbers predict(
      Model model, SupportSet.Measured support, List<float[]> questions, OptionalDouble level) {
    Regressor adapted =
        (Regressor) cache.get(model, support, () -> Regressor.adapt(benches, model, support));
    List<float[]> values = adapted.predictAll(questions);
    requireFinite(model, values);
    Map<Integer, Interval> intervals = new LinkedHashMap<>();
    for (int i = 0; level.isPresent() && i < questions.size(); i++) {
      int question = i;
      adapted
          .interval(questions.get(i), level.getAsDouble())
          .ifPresent(it -> intervals.put(question, it));
    }
    return new Numbers(values, intervals);
  }

  /**
   * Answers in numbers.
   *
   * @param values one row for each question
   * @param intervals by question; none where the version knows none, or none were wanted
   */
  public record Numbers(List<float[]> values, Map<Integer, Interval> intervals) {
    public Numbers {
      values = List.copyOf(values);
      intervals = Map.copyOf(intervals);
    }
  }

  /**
   * What adapting makes of a version's parameters.
   *
   * @param support rows of the kind that the version predicts
   * @return empty where it is not adapted by moving parameters, as a model of tables
   * @throws IllegalArgumentException if rows do not fit the version
   * @throws AdaptationException if adapting diverges
   */
  public Optional<AdaptedWeights> weights(Model model, SupportSet support) {
    List<String> classes =
        support instanceof SupportSet.Labeled labeled
            ? UserEpisodes.classes(model, labeled)
            : List.of();
    ExampleSet rows =
        support instanceof SupportSet.Labeled labeled
            ? UserEpisodes.support(model, labeled, classes)
            : UserEpisodes.support(model, (SupportSet.Measured) support);
    return Adapted.to(benches, model, support, rows) instanceof AdaptedNetwork network
        ? Optional.of(new AdaptedWeights(network.adapted().clone(), rows.inputs().clone(), classes))
        : Optional.empty();
  }

  /**
   * A network as it is after adapting.
   *
   * @param parameters [parameters] φ, in the layout of the network
   * @param support [support × features] the rows, on the version's scale
   * @param classes output i being class i; empty of numbers
   */
  @SuppressWarnings("ArrayRecordComponent") // the caller's own, never compared
  public record AdaptedWeights(float[] parameters, float[] support, List<String> classes) {
    public AdaptedWeights {
      classes = List.copyOf(classes);
    }
  }

  private static void requireFinite(Model model, List<float[]> rows) {
    List<Float> found = new ArrayList<>();
    for (float[] row : rows) {
      for (float value : row) {
        if (!Float.isFinite(value)) {
          found.add(value);
        }
      }
    }
    if (!found.isEmpty()) {
      throw new AdaptationException(
          "%s gave %d outputs that are no numbers: are the features on the scale it was trained on?"
              .formatted(model, found.size()));
    }
  }

  @Override
  public void close() {
    benches.close();
  }
}
