package io.engram.client;

import io.engram.core.compute.InnerLoop;
import io.engram.core.compute.NormalizationMode;
import io.engram.core.network.NetworkSpec;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.ModelManifest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A published version as a subscriber holds it: manifest and parameters, checked against each other. Immutable; safe for any
 * number of threads. Arrays are handed out as copies.
 */
public final class Model {

  /** Name of the tensor that holds θ. */
  static final String PARAMETERS = "parameters";

  private final ModelManifest manifest;
  private final NetworkSpec network;
  private final InnerLoop innerLoop;
  private final NormalizationMode normalization;
  private final Map<String, float[]> tensors;
  private final Instant publishedAt;
  private final Instant heldAt;

  Model(
      ModelManifest manifest,
      NetworkSpec network,
      InnerLoop innerLoop,
      NormalizationMode normalization,
      Map<String, float[]> tensors,
      Instant publishedAt,
      Instant heldAt) {
    this.manifest = manifest;
    this.network = network;
    this.innerLoop = innerLoop;
    this.normalization = normalization;
    this.tensors = Map.copyOf(tensors);
    this.publishedAt = publishedAt;
    this.heldAt = heldAt;
  }

  public String name() {
    return manifest.getModelName();
  }

  /** 1, 2, 3 …; after a rollback a smaller one than before. */
  public long version() {
    return manifest.getVersion();
  }

  public NetworkSpec network() {
    return network;
  }

  /** How it is adapted to a task: the inner loop it was trained for. */
  public InnerLoop innerLoop() {
    return innerLoop;
  }

  /** What batch-norm layers see when examples are asked about. */
  public NormalizationMode normalization() {
    return normalization;
  }

  public LabelSpace labelSpace() {
    return manifest.getLabelSpace();
  }

  /** Class names of a GLOBAL label space, output i being class i; else empty. */
  public List<String> classes() {
    return List.copyOf(manifest.getClasses());
  }

  /** What the version was judged by. */
  public Map<String, Double> metrics() {
    return Map.copyOf(manifest.getMetrics());
  }

  /** Event time of the newest task it learned from. */
  public Instant createdAt() {
    return manifest.getCreatedAt();
  }

  /** Everything known about the version, lineage included; a copy. */
  public ModelManifest manifest() {
    return ModelManifest.newBuilder(manifest).build();
  }

  /** [parameters] θ in the layout of {@link #network()}; a copy. */
  public float[] parameters() {
    return theta().clone();
  }

  /** Another tensor of the version, such as {@code stepSizes} or {@code inputMean}; a copy. */
  public Optional<float[]> tensor(String name) {
    float[] found = tensors.get(name);
    return found == null ? Optional.empty() : Optional.of(found.clone());
  }

  /** When the registry published it, by the registry's clock. */
  public Instant publishedAt() {
    return publishedAt;
  }

  /** From publication until this process held it; as good as the two clocks agree. */
  public Duration latency() {
    return Duration.between(publishedAt, heldAt);
  }

  /** The shared array: never written to. */
  float[] theta() {
    float[] theta = tensors.get(PARAMETERS);
    if (theta == null) {
      throw new IllegalStateException("a model without parameters was accepted: " + this);
    }
    return theta;
  }

  /** The shared array, or null where there is no such tensor: never written to. */
  float @Nullable [] shared(String name) {
    return tensors.get(name);
  }

  /** The shared manifest: never written to. */
  ModelManifest sharedManifest() {
    return manifest;
  }

  @Override
  public String toString() {
    return "model %s version %d (%s, %d parameters)"
        .formatted(name(), version(), network, theta().length);
  }
}
