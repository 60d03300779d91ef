package io.engram.cli.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.engram.client.FewShotConfig;
import io.engram.client.FewShots;
import io.engram.client.Model;
import io.engram.client.Prediction;
import io.engram.client.SupportSet;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.learning.Scale;
import io.engram.core.network.Head;
import io.engram.core.network.InitialParameters;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.core.tables.TableModel;
import io.engram.core.tables.TableShape;
import io.engram.model.Adaptation;
import io.engram.model.Version;
import io.engram.model.VersionCodec;
import io.engram.schemas.Assembly;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.Lineage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ONNX Runtime opens what is exported, and answers what the client answers. */
class OnnxExportTest {

  private static final String[] NAMES = {"one", "\"two\"", "drei", "quatre"};
  private static final int QUESTIONS = 5;

  private final RandomStream random = new RandomStream(23);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "input(4) dense(9) tanh dense(4) softmax|NON_TRANSDUCTIVE",
        "input(4) dense(9) layernorm(0.01) leakyrelu dense(2) identity mse|NON_TRANSDUCTIVE",
        "input(4) dense(9) batchnorm relu dense(4) softmax|NON_TRANSDUCTIVE",
        "input(4) dense(9) batchnorm relu dense(4) softmax|TRANSDUCTIVE",
        "input(4) dense(9) batchnorm(0.01) tanh dense(2) mse|NON_TRANSDUCTIVE",
        "input(1,8,8) conv(4,3) batchnorm relu maxpool(2) conv(3,3,stride=2) layernorm relu flatten dense(4) softmax|NON_TRANSDUCTIVE",
        "input(2,9,7) conv(3,4,stride=2) batchnorm(0.001) relu avgpool(2) flatten dense(2) mse|TRANSDUCTIVE",
        "input(2,9,9) conv(3,3,stride=2,valid) relu flatten dense(4) softmax|TRANSDUCTIVE"
      })
  void anotherRuntimeAnswersWhatTheClientAnswers(String text, NormalizationMode mode)
      throws OrtException {
    NetworkSpec network = NetworkSpec.parse(text);
    Assembly.Complete adapting = version(network, mode, 3, LabelSpace.PER_TASK);
    Assembly.Complete asItIs = version(network, mode, 0, LabelSpace.GLOBAL);
    float[][] questions = rows(network, QUESTIONS);
    SupportSet support = support(network);
    try (FewShots client = new FewShots(FewShotConfig.DEFAULT)) {
      same(
          answers(client, adapting, Optional.of(support), questions),
          run(
              OnnxExport.adapted(adapting.manifest(), adapting.parameters(), model -> support),
              questions,
              adapted -> {
                assertThat(adapted.get("adaptedOn")).isEqualTo("6");
                assertThat(adapted.get("version")).isEqualTo("7");
                assertThat(adapted.containsKey("classes")).isEqualTo(isSoftmax(network));
              }));
      same(
          answers(client, asItIs, Optional.empty(), questions),
          run(
              OnnxExport.unadapted(asItIs.manifest(), asItIs.parameters()),
              questions,
              plain -> {
                assertThat(plain.get("adaptedOn")).isEqualTo("0");
                if (isSoftmax(network)) {
                  assertThat(plain.get("classes"))
                      .isEqualTo("[\"one\",\"\\\"two\\\"\",\"drei\",\"quatre\"]");
                }
              }));
    }
  }

  /** θ of a version that has to be adapted is there too; the same numbers used as they are say what it computes. */
  @ParameterizedTest
  @ValueSource(
      strings = {"input(4) dense(9) relu dense(4) softmax", "input(4) dense(9) relu dense(2) mse"})
  void whatIsNotYetAdaptedIsWrittenToo(String text) throws OrtException {
    NetworkSpec network = NetworkSpec.parse(text);
    NormalizationMode mode = NormalizationMode.NON_TRANSDUCTIVE;
    Assembly.Complete adapting = version(network, mode, 3, LabelSpace.PER_TASK);
    Assembly.Complete asItIs = version(network, mode, 0, LabelSpace.GLOBAL);
    float[][] questions = rows(network, QUESTIONS);
    try (FewShots client = new FewShots(FewShotConfig.DEFAULT)) {
      same(
          answers(client, asItIs, Optional.empty(), questions),
          run(
              OnnxExport.unadapted(adapting.manifest(), adapting.parameters()),
              questions,
              plain -> assertThat(plain).doesNotContainKey("classes")));
    }
  }

  @Test
  void aModelOfTablesIsNoNetworkAndThatIsSaid() {
    NetworkSpec network = NetworkSpec.parse("input(2) dense(1) mse");
    TableModel model = TableModel.untrained(TableShape.of(network));
    Assembly.Complete version =
        encoded(
            network,
            LabelSpace.NONE,
            new Adaptation.ByTable(model),
            new Version.Weights(model.linear(), null, null));
    assertThatThrownBy(() -> OnnxExport.unadapted(version.manifest(), version.parameters()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("adapt-and-predict")
        .hasMessageContaining("npz");
  }

  private interface Metadata {
    void check(Map<String, String> metadata);
  }

  private static float[][] run(byte[] bytes, float[][] questions, Metadata metadata)
      throws OrtException {
    OrtEnvironment runtime = OrtEnvironment.getEnvironment();
    try (OrtSession session = runtime.createSession(bytes);
        OnnxTensor features = OnnxTensor.createTensor(runtime, questions);
        OrtSession.Result result = session.run(Map.of("features", features))) {
      metadata.check(session.getMetadata().getCustomMetadata());
      if (result.get("values").isPresent()) {
        return (float[][]) result.get("values").get().getValue();
      }
      float[][] probabilities = (float[][]) result.get("probabilities").orElseThrow().getValue();
      long[] labels = (long[]) result.get("label").orElseThrow().getValue();
      for (int i = 0; i < labels.length; i++) {
        float most = probabilities[i][(int) labels[i]];
        for (float probability : probabilities[i]) {
          assertThat(probability).isLessThanOrEqualTo(most);
        }
      }
      return probabilities;
    }
  }

  private static float[][] answers(
      FewShots client,
      Assembly.Complete version,
      Optional<SupportSet> support,
      float[][] questions) {
    Model model =
        client.model(version.manifest(), () -> Optional.of(version.parameters())).orElseThrow();
    List<float[]> asked = Arrays.asList(questions);
    if (FewShots.classifies(model)) {
      return client
          .classify(model, (SupportSet.Labeled) support.orElse(SupportSet.none()), asked)
          .stream()
          .map(Prediction::probabilities)
          .toArray(float[][]::new);
    }
    return client
        .predict(
            model,
            (SupportSet.Measured) support.orElse(SupportSet.noNumbers()),
            asked,
            OptionalDouble.empty())
        .values()
        .toArray(float[][]::new);
  }

  private static void same(float[][] expected, float[][] found) {
    assertThat(found).hasDimensions(expected.length, expected[0].length);
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected[i].length; j++) {
        assertThat(found[i][j]).isCloseTo(expected[i][j], within(1e-5f));
      }
    }
  }

  private static boolean isSoftmax(NetworkSpec network) {
    return network.head() == Head.SOFTMAX_CROSS_ENTROPY;
  }

  private SupportSet support(NetworkSpec network) {
    float[][] rows = rows(network, 6);
    return isSoftmax(network)
        ? SupportSet.of(rows, "a", "b", "c", "a", "b", "c")
        : SupportSet.of(
            rows, new float[][] {{1, 0}, {0, 1}, {0.5f, 2}, {1, 1}, {0, 0}, {0.1f, 0.2f}});
  }

  private float[][] rows(NetworkSpec network, int count) {
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] row = new float[network.input().size()];
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) (2 * random.nextGaussian());
      }
      rows.add(row);
    }
    rows.get(0)[0] = 1e4f; // far out: the scale cuts it
    return rows.toArray(float[][]::new);
  }

  private static Assembly.Complete version(
      NetworkSpec network, NormalizationMode mode, int steps, LabelSpace space) {
    boolean classes = isSoftmax(network);
    float[] mean = new float[network.input().size()];
    float[] deviation = new float[mean.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = 0.1f * (i % 5);
      deviation[i] = 1 + 0.2f * (i % 3);
    }
    return encoded(
        network,
        classes ? space : LabelSpace.NONE,
        Adaptation.by(InnerLoop.sgd(steps, 0.05f), mode),
        new Version.Weights(
            InitialParameters.of(network, 5, false),
            Scale.ofInputs(mean, deviation),
            classes ? null : Scale.ofTargets(new float[] {1, 2}, new float[] {0.5f, 0.7f})));
  }

  private static Assembly.Complete encoded(
      NetworkSpec network, LabelSpace space, Adaptation adaptation, Version.Weights weights) {
    Version version =
        new Version(
            new Version.Name("m", 7, Instant.EPOCH),
            network,
            new Version.Labels(space, space == LabelSpace.GLOBAL ? List.of(NAMES) : List.of()),
            adaptation,
            weights,
            Map.of(),
            new Lineage(
                null, List.of(), 1L, 1L, 42L, Map.of(), Map.of(), "fused", "test", "17", "any"));
    return VersionCodec.encode(version, sha256 -> "c-" + sha256);
  }
}
