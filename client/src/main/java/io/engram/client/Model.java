package io.engram.client;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.learning.Scale;
import io.engram.core.network.Head;
import io.engram.core.network.Layer;
import io.engram.core.network.NetworkSpec;
import io.engram.model.Adaptation;
import io.engram.model.SoundVersion;
import io.engram.model.UnreadableVersionException;
import io.engram.model.Version;
import io.engram.model.VersionCodec;
import io.engram.model.VersionTensor;
import io.engram.schemas.Assembly;
import io.engram.schemas.TraceContext;
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

  private final ModelManifest manifest;
  private final Version version;
  private final InnerLoop innerLoop;
  private final Scale inputScale;
  private final Scale targetScale;
  private final Map<VersionTensor, float[]> tensors;
  private final Instant publishedAt;
  private final Instant heldAt;
  private final Optional<TraceContext> trace;

  private Model(
      ModelManifest manifest,
      Version version,
      InnerLoop innerLoop,
      Map<VersionTensor, float[]> tensors,
      Instant publishedAt,
      Instant heldAt,
      Optional<TraceContext> trace) {
    this.manifest = manifest;
    this.version = version;
    this.innerLoop = innerLoop;
    this.inputScale = orIdentity(version.weights().inputs(), version.network().input().size());
    this.targetScale = orIdentity(version.weights().targets(), version.network().outputs());
    this.tensors = Map.copyOf(tensors);
    this.publishedAt = publishedAt;
    this.heldAt = heldAt;
    this.trace = trace;
  }

  /**
   * The model.
   *
   * @throws UnreadableVersionException if manifest, bytes and network do not fit together, a number is not finite, or this program does not
   *     know something the manifest speaks of, or it makes no sense
   */
  static Model read(Assembly.Complete published, Instant publishedAt, Instant heldAt) {
    ModelManifest manifest = published.manifest();
    Map<VersionTensor, float[]> tensors = VersionCodec.tensors(manifest, published.parameters());
    Version version = SoundVersion.require(manifest, VersionCodec.decode(manifest, tensors));
    return new Model(
        manifest,
        version,
        version.adaptation().loop(),
        tensors,
        publishedAt,
        heldAt,
        Optional.empty());
  }

  /**
   * The same version, adapted from elsewhere or in another number of steps: to see what either is worth.
   *
   * @param theta [parameters] where adapting begins; never written to
   */
  Model starting(float[] theta, InnerLoop loop) {
    Version.Weights weights =
        new Version.Weights(theta, version.weights().inputs(), version.weights().targets());
    Version other =
        new Version(
            version.name(),
            version.network(),
            version.labels(),
            version.adaptation(),
            weights,
            version.metrics(),
            version.lineage());
    return new Model(manifest, other, loop, tensors, publishedAt, heldAt, trace);
  }

  /** The same, as what somebody's work led to. */
  Model of(Optional<TraceContext> cause) {
    return cause.isEmpty()
        ? this
        : new Model(manifest, version, innerLoop, tensors, publishedAt, heldAt, cause);
  }

  public String name() {
    return manifest.getModelName();
  }

  /** 1, 2, 3 …; after a rollback a smaller one than before. */
  public long version() {
    return manifest.getVersion();
  }

  public NetworkSpec network() {
    return version.network();
  }

  /** How it is adapted to a task: the inner loop it was trained for; without steps where it is used as it is, or a model of tables. */
  public InnerLoop innerLoop() {
    return innerLoop;
  }

  /** How it is adapted, of whichever kind. */
  Adaptation adaptation() {
    return version.adaptation();
  }

  /**
   * Whether it answers without any example to adapt on, too: what it predicts is the same for every task, numbers or classes that it names
   * itself, and it has learned something to say. Batch-norm must see examples where steps are taken.
   */
  public boolean usableAsItIs() {
    boolean ownLabels =
        network().head() == Head.MEAN_SQUARED_ERROR || labelSpace() == LabelSpace.GLOBAL;
    return ownLabels && version.adaptation().on(new AloneCases(network()));
  }

  /** Whether a version says anything of a task that nothing is known of. */
  private record AloneCases(NetworkSpec network) implements Adaptation.Cases<Boolean> {

    @Override
    public Boolean steps(Adaptation.GradientSteps steps) {
      return network.layers().stream().noneMatch(Layer.BatchNorm.class::isInstance);
    }

    @Override
    public Boolean head(Adaptation.ClosedFormHead head) {
      return false;
    }

    @Override
    public Boolean none(Adaptation.None none) {
      return true;
    }

    @Override
    public Boolean table(Adaptation.ByTable table) {
      return table.model().trained();
    }
  }

  /** What batch-norm layers see when examples are asked about. */
  public NormalizationMode normalization() {
    return version.adaptation().normalization();
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
    return VersionTensor.named(name).map(tensors::get).map(float[]::clone);
  }

  /** When the registry published it, by the registry's clock. */
  public Instant publishedAt() {
    return publishedAt;
  }

  /** From publication until this process held it; as good as the two clocks agree. */
  public Duration latency() {
    return Duration.between(publishedAt, heldAt);
  }

  /**
   * Whose work led to this version: the W3C trace context of the task that closed the group it was made after, or of the request that
   * promoted it. A listener that does something with a version goes on with that trace. Empty where nobody traces.
   */
  public Optional<TraceContext> trace() {
    return trace;
  }

  /** The shared array: never written to. */
  float[] theta() {
    return version.weights().theta();
  }

  /** What features are scaled by. */
  Scale inputScale() {
    return inputScale;
  }

  /** What targets are scaled by. */
  Scale targetScale() {
    return targetScale;
  }

  private static Scale orIdentity(@Nullable Scale scale, int columns) {
    return scale == null ? Scale.identity(columns) : scale;
  }

  /** The shared manifest: never written to. */
  ModelManifest sharedManifest() {
    return manifest;
  }

  @Override
  public String toString() {
    return "model %s version %d (%s, %d parameters)"
        .formatted(name(), version(), network(), theta().length);
  }
}
