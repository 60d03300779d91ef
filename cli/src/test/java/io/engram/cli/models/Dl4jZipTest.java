package io.engram.cli.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.network.InitialParameters;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.engine.fused.FusedEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J opens what is exported, has the same parameters, and computes the same outputs. */
final class Dl4jZipTest {

  private static final int EXAMPLES = 4;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "input(2) dense(3) softmax",
        "input(3) dense(5) tanh dense(4) leakyrelu dense(2) identity mse",
        "input(1,8,8) conv(4,3) batchnorm relu maxpool(2) flatten dense(3) softmax",
        "input(2,9,9) conv(3,3,stride=2,valid) batchnorm(0.001) relu avgpool(2) flatten dense(3) softmax"
      })
  void dl4jComputesTheSame(String text, @TempDir Path directory) throws IOException {
    NetworkSpec network = NetworkSpec.parse(text);
    float[] parameters = InitialParameters.of(network, 7L, false);
    Path file = directory.resolve("model.zip");
    try (OutputStream out = Files.newOutputStream(file)) {
      Dl4jZip.write(network, parameters, out);
    }
    MultiLayerNetwork model = MultiLayerNetwork.load(file.toFile(), false);
    assertThat(model.params().toFloatVector()).isEqualTo(parameters);

    float[] inputs = new float[EXAMPLES * network.input().size()];
    Random random = new Random(5);
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = random.nextFloat();
    }
    float[] ours = ours(network, parameters, inputs);
    List<INDArray> activations = model.feedForward(dl4jInput(network, inputs), true);
    // The loss layer turns logits into probabilities; the one before it has our outputs.
    INDArray outputs = activations.get(activations.size() - 2);
    assertThat(outputs.dup('c').data().asFloat()).hasSize(ours.length);
    for (int i = 0; i < ours.length; i++) {
      assertThat(outputs.dup('c').data().getFloat(i)).isCloseTo(ours[i], within());
    }
  }

  @Test
  void whatDl4jDoesNotHaveIsSaid() {
    NetworkSpec network = NetworkSpec.parse("input(2) dense(3) layernorm dense(2) softmax");
    assertThatThrownBy(
            () ->
                Dl4jZip.write(
                    network, InitialParameters.of(network, 1L, false), new ByteArrayOutputStream()))
        .isInstanceOf(RegistryCallFailed.class)
        .hasMessageContaining("export as npz");
  }

  private static org.assertj.core.data.Offset<Float> within() {
    return org.assertj.core.data.Offset.offset(1e-5f);
  }

  private static INDArray dl4jInput(NetworkSpec network, float[] inputs) {
    INDArray flat = Nd4j.createFromArray(inputs);
    return network.input() instanceof io.engram.core.network.Shape.Image image
        ? flat.reshape('c', EXAMPLES, image.channels(), image.height(), image.width())
        : flat.reshape('c', EXAMPLES, network.input().size());
  }

  private static float[] ours(NetworkSpec network, float[] parameters, float[] inputs) {
    Targets targets =
        network.head() == io.engram.core.network.Head.MEAN_SQUARED_ERROR
            ? new Targets.Values(network.outputs(), new float[EXAMPLES * network.outputs()])
            : new Targets.Classes(network.outputs(), new int[EXAMPLES]);
    ExampleSet examples = new ExampleSet(network.input().size(), inputs, targets);
    Evaluation evaluation = new Evaluation();
    try (MetaProgram program = new FusedEngine(1).compile(network)) {
      program.evaluate(
          new float[][] {parameters},
          List.of(new Episode(examples, examples, 1L)),
          NormalizationMode.TRANSDUCTIVE,
          List.of(evaluation));
    }
    return java.util.Arrays.copyOf(evaluation.outputs(), EXAMPLES * network.outputs());
  }
}
