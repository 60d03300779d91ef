package io.engram.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.network.NetworkSpec;
import io.engram.schemas.Assembly;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.Lineage;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.TensorEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class VersionCodecTest {

  private static final NetworkSpec NETWORK = NetworkSpec.parse("input(2) dense(1) mse");

  @Provide
  Arbitrary<Version> versions() {
    return VersionArbitraries.versions();
  }

  /** A version that was read is written to the same manifest and the same bytes, so nothing of it was lost. */
  @Property(tries = 300)
  void aVersionIsReadAsItWasWritten(@ForAll("versions") Version version) {
    Assembly.Complete written = VersionCodec.encode(version, sha256 -> "1-" + sha256);

    Version read = VersionCodec.decode(written.manifest(), written.parameters());
    Assembly.Complete again = VersionCodec.encode(read, sha256 -> "1-" + sha256);

    assertThat(again.manifest()).isEqualTo(written.manifest());
    assertThat(again.parameters()).isEqualTo(written.parameters());
    assertThat(read.adaptation()).hasSameClassAs(version.adaptation());
    assertThat(read.weights().theta()).isEqualTo(version.weights().theta());
    assertThat(read.metrics()).isEqualTo(version.metrics());
  }

  /** As JSON it loses nothing but how it was cut into chunks. */
  @Property(tries = 100)
  void aManifestIsReadFromItsFields(@ForAll("versions") Version version) {
    ModelManifest manifest = VersionCodec.encode(version, sha256 -> "1-" + sha256).manifest();
    Map<String, Object> fields = ManifestFields.detail(manifest);
    fields.put(ManifestFields.VERSION, manifest.getVersion());
    fields.put(ManifestFields.CANDIDATE_ID, manifest.getCandidateId());
    fields.put(ManifestFields.METRICS, manifest.getMetrics());

    ModelManifest read = ManifestFields.read(fields);

    read.setChunkCount(manifest.getChunkCount());
    assertThat(read).isEqualTo(manifest);
  }

  @Example
  void everyWayToAdaptIsTried() {
    assertThat(VersionArbitraries.adaptations(NETWORK).keySet())
        .isEqualTo(Set.of(Adaptation.class.getPermittedSubclasses()));
  }

  @Example
  void anUnknownWayToAdaptIsNamedWithThoseThatAreKnown() {
    ModelManifest manifest = manifest();
    manifest.getAdaptation().setOptimizer("prototypes(cosine)");
    manifest.getAdaptation().setSteps(0);

    refuses(
        manifest,
        "version 3 of model 'm'",
        "'prototypes(cosine)' is unknown",
        "known: sgd(",
        "update this program");
  }

  @Example
  void anUnknownWordOfTheAdaptationIsNamedWithThoseThatAreKnown() {
    ModelManifest scope = manifest();
    scope.getAdaptation().setScope("TAIL");
    refuses(scope, "the scope 'TAIL' is unknown; known: [ALL, HEAD]", "update this program");

    ModelManifest normalization = manifest();
    normalization.getAdaptation().setNormalization("SOMETIMES");
    refuses(normalization, "'SOMETIMES' is unknown; known: [TRANSDUCTIVE, NON_TRANSDUCTIVE]");

    ModelManifest step = manifest();
    step.getAdaptation().setOptimizer("sgd(fast)");
    step.getAdaptation().setSteps(1);
    refuses(step, "'fast' is no number");
  }

  @Example
  void aHeadInClosedFormThatMakesNoSenseIsRefused() {
    ModelManifest steps = manifest();
    head(steps, "prototypes", 3);
    refuses(steps, "takes 1 step", "found 3 steps");

    ModelManifest lambda = manifest();
    head(lambda, "ridge(0,1)", 1);
    refuses(lambda, "the lambda of a closed-form head must be more than 0, found 0");
  }

  private static void head(ModelManifest manifest, String optimizer, int steps) {
    manifest.getAdaptation().setOptimizer(optimizer);
    manifest.getAdaptation().setScope("HEAD");
    manifest.getAdaptation().setSteps(steps);
  }

  @Example
  void anUnknownTensorIsNamedWithThoseThatAreKnown() {
    ModelManifest manifest = withTensor("recipe", ElementType.FLOAT32, List.of(1), 0);

    refuses(
        manifest,
        "its tensor 'recipe' is not known here",
        "known: [parameters, stepSizes",
        "update this program");
  }

  @Example
  void aTensorThatDoesNotFitIsNamed() {
    refuses(
        withTensor("inputMean", ElementType.FLOAT32, List.of(9), 0),
        "its tensor 'inputMean' of shape [9] at byte 0 does not fit into its 12 bytes");
    refuses(
        withTensor("inputMean", ElementType.INT32, List.of(2), 0),
        "its tensor 'inputMean' holds INT32, expected numbers");
    refuses(
        withTensor("inputMean", ElementType.FLOAT32, List.of(2), 0),
        "needs a tensor 'inputScale' of 2 numbers, found none");
  }

  @Example
  void missingParametersAreSaid() {
    ModelManifest manifest = manifest();
    manifest.setTensors(List.of());

    refuses(manifest, "needs a tensor 'parameters' of 3 numbers, found none");
  }

  @Example
  void anUnknownNetworkIsSaid() {
    ModelManifest manifest = manifest();
    manifest.setNetwork("input(2) attention(3) mse");

    refuses(manifest, "its network is not known here", "'attention'", "update this program");
  }

  @Example
  void aMissingFieldIsNamed() {
    assertThatThrownBy(() -> ManifestFields.read(Map.of(ManifestFields.METRICS, Map.of())))
        .hasMessageContainingAll("the version has 'model' = nothing", "expected a text");
  }

  private static void refuses(ModelManifest manifest, String... words) {
    assertThatThrownBy(() -> VersionCodec.decode(manifest, new byte[12]))
        .isInstanceOf(UnreadableVersionException.class)
        .hasMessageContainingAll(words);
  }

  private static ModelManifest withTensor(
      String name, ElementType type, List<Integer> shape, long offset) {
    ModelManifest manifest = manifest();
    List<TensorEntry> tensors = new ArrayList<>(manifest.getTensors());
    tensors.add(new TensorEntry(name, type, shape, offset));
    manifest.setTensors(tensors);
    return manifest;
  }

  private static ModelManifest manifest() {
    Version version =
        new Version(
            new Version.Name("m", 3, Instant.EPOCH),
            NETWORK,
            new Version.Labels(LabelSpace.NONE, List.of()),
            new Adaptation.None(NormalizationMode.TRANSDUCTIVE),
            new Version.Weights(new float[NETWORK.layout().length()], null, null),
            Map.of(),
            new Lineage(
                null, List.of(), 1L, 1L, 42L, Map.of(), Map.of(), "fused", "0.1", "17", "amd64"));
    return VersionCodec.encode(version, UnaryOperator.identity()).manifest();
  }
}
