package io.engram.model;

import io.engram.core.learning.Scale;
import io.engram.core.network.NetworkSpec;
import io.engram.model.Version.Labels;
import io.engram.model.Version.Name;
import io.engram.model.Version.Weights;
import io.engram.schemas.Assembly;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.avro.ModelManifest;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Between a {@link Version} and what is published of it: a manifest, and the bytes of its tensors. */
public final class VersionCodec {

  /** What is quoted of a version in a message. */
  private static final int LONGEST_SAID = 500;

  private VersionCodec() {}

  /**
   * The manifest and the bytes. A pure function: the same version gives the same bytes.
   *
   * @param candidateId names the candidate by the sha256 of its bytes
   */
  public static Assembly.Complete encode(Version version, UnaryOperator<String> candidateId) {
    TensorTable tensors = tensors(version);
    byte[] blob = tensors.toByteArray();
    String sha256 = ModelChunks.sha256(blob);
    ModelManifest manifest =
        ModelManifest.newBuilder()
            .setModelName(version.name().model())
            .setVersion(version.name().number())
            .setCandidateId(candidateId.apply(sha256))
            .setCreatedAt(version.name().createdAt())
            .setNetwork(version.network().toString())
            .setLabelSpace(version.labels().space())
            .setClasses(version.labels().classes())
            .setAdaptation(AdaptationCodec.encode(version.adaptation()))
            .setTensors(tensors.entries())
            .setByteLength(blob.length)
            .setSha256(sha256)
            .setChunkCount(ModelChunks.cut(version.name().model(), sha256, blob).size())
            .setLineage(version.lineage())
            .setMetrics(version.metrics())
            .build();
    return new Assembly.Complete(manifest, blob);
  }

  /**
   * The version.
   *
   * @throws UnreadableVersionException if manifest, bytes and network do not fit together, a number is not finite, or this program does not
   *     know something the manifest speaks of
   */
  public static Version decode(ModelManifest manifest, byte[] parameters) {
    return decode(manifest, tensors(manifest, parameters));
  }

  /**
   * The version of which the tensors have been read; it shares their arrays.
   *
   * @throws UnreadableVersionException as {@link #decode(ModelManifest, byte[])}
   */
  public static Version decode(ModelManifest manifest, Map<VersionTensor, float[]> tensors) {
    try {
      return version(manifest, tensors);
    } catch (UnreadableVersionException e) {
      throw e;
    } catch (RuntimeException e) {
      // Whatever somebody wrote into it that nobody thought of.
      throw new UnreadableVersionException(manifest, "it contradicts itself: " + e, e);
    }
  }

  private static Version version(ModelManifest manifest, Map<VersionTensor, float[]> tensors) {
    NetworkSpec network = network(manifest);
    return new Version(
        new Name(manifest.getModelName(), manifest.getVersion(), manifest.getCreatedAt()),
        network,
        new Labels(manifest.getLabelSpace(), manifest.getClasses()),
        adaptation(manifest, network, tensors),
        new Weights(
            require(manifest, tensors, VersionTensor.PARAMETERS, network.layout().length()),
            scale(
                manifest,
                tensors,
                VersionTensor.INPUT_MEAN,
                VersionTensor.INPUT_SCALE,
                network.input().size(),
                Scale::ofInputs),
            scale(
                manifest,
                tensors,
                VersionTensor.TARGET_MEAN,
                VersionTensor.TARGET_SCALE,
                network.outputs(),
                Scale::ofTargets)),
        manifest.getMetrics(),
        manifest.getLineage());
  }

  /**
   * The tensors of a version by name, unchecked against its network; without their parts by layer.
   *
   * @throws UnreadableVersionException if one is unknown, lies outside the bytes, or holds what is no finite number
   */
  public static Map<VersionTensor, float[]> tensors(ModelManifest manifest, byte[] parameters) {
    return TensorTable.read(manifest, parameters);
  }

  /**
   * θ alone, in the layout of the network.
   *
   * @throws UnreadableVersionException if it is not there, or not as the network wants it
   */
  public static float[] theta(ModelManifest manifest, byte[] parameters) {
    int length = network(manifest).layout().length();
    return require(manifest, tensors(manifest, parameters), VersionTensor.PARAMETERS, length);
  }

  private static TensorTable tensors(Version version) {
    TensorTable tensors =
        new TensorTable().add(VersionTensor.PARAMETERS, version.weights().theta());
    AdaptationCodec.encodeTensors(version.adaptation(), tensors);
    Scale inputs = version.weights().inputs();
    if (inputs != null) {
      tensors
          .add(VersionTensor.INPUT_MEAN, inputs.shift())
          .add(VersionTensor.INPUT_SCALE, inputs.deviation());
    }
    Scale targets = version.weights().targets();
    if (targets != null) {
      tensors
          .add(VersionTensor.TARGET_MEAN, targets.shift())
          .add(VersionTensor.TARGET_SCALE, targets.deviation());
    }
    version.network().layout().tensors().forEach(tensors::part);
    return tensors;
  }

  private static NetworkSpec network(ModelManifest manifest) {
    try {
      return SoundNetwork.parse(manifest.getNetwork());
    } catch (IllegalArgumentException e) {
      throw new UnreadableVersionException(
          manifest,
          "its network is not known here; update this program: " + shortened(e.getMessage()),
          e);
    }
  }

  private static Adaptation adaptation(
      ModelManifest manifest, NetworkSpec network, Map<VersionTensor, float[]> tensors) {
    try {
      return AdaptationCodec.decode(manifest.getAdaptation(), network, tensors);
    } catch (IllegalArgumentException e) {
      throw new UnreadableVersionException(
          manifest,
          "its adaptation %s is not known here; update this program: %s"
              .formatted(shortened(manifest.getAdaptation().toString()), shortened(e.getMessage())),
          e);
    }
  }

  private static String shortened(@Nullable String text) {
    String said = String.valueOf(text);
    return said.length() > LONGEST_SAID ? said.substring(0, LONGEST_SAID) + "…" : said;
  }

  private static @Nullable Scale scale(
      ModelManifest manifest,
      Map<VersionTensor, float[]> tensors,
      VersionTensor mean,
      VersionTensor deviation,
      int size,
      BiFunction<float[], float[], Scale> made) {
    if (!tensors.containsKey(mean) && !tensors.containsKey(deviation)) {
      return null;
    }
    return made.apply(
        require(manifest, tensors, mean, size), require(manifest, tensors, deviation, size));
  }

  private static float[] require(
      ModelManifest manifest, Map<VersionTensor, float[]> tensors, VersionTensor tensor, int size) {
    float[] found = tensors.get(tensor);
    if (found == null || found.length != size) {
      throw new UnreadableVersionException(
          manifest,
          "its network needs a tensor '%s' of %d numbers, found %s"
              .formatted(
                  tensor.wireName(),
                  size,
                  found == null ? "none" : Integer.toString(found.length)));
    }
    return found;
  }
}
