package io.engram.benchmarks.dl4j;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** DL4J as its users run it: {@code setParams}, then {@code fit} on the support set for each step. */
final class Dl4jPeer {

  private Dl4jPeer() {}

  public static void main(String[] arguments) throws IOException {
    Map<String, Runnable> loaded = new HashMap<>();
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      String[] words = line.split(" ", -1);
      Runnable metaBatch = loaded.computeIfAbsent(words[1], Dl4jPeer::load);
      System.out.println("ANSWER " + mean(metaBatch, Integer.parseInt(words[3])));
      System.out.flush();
    }
  }

  private static double mean(Runnable work, int millis) {
    long start = System.nanoTime();
    long end = start + millis * 1_000_000L;
    int calls = 0;
    long now;
    do {
      work.run();
      calls++;
      now = System.nanoTime();
    } while (now < end);
    return (double) (now - start) / calls;
  }

  private static Runnable load(String name) {
    return switch (name) {
      case "mlp" -> metaBatch(mlp(784, 64, 5), 32, Nd4j.randn(25, 784), classes(25));
      case "sinusoid" -> metaBatch(sinusoid(), 25, Nd4j.randn(10, 1), Nd4j.randn(10, 1));
      case "conv4-10" -> metaBatch(conv4(), 5, Nd4j.randn(10, 1, 28, 28), classes(10));
      case "conv4-25" -> metaBatch(conv4(), 5, Nd4j.randn(25, 1, 28, 28), classes(25));
      default -> throw new IllegalArgumentException("unknown workload " + name);
    };
  }

  private static Runnable metaBatch(
      MultiLayerNetwork network, int tasks, INDArray inputs, INDArray labels) {
    INDArray theta = network.params().dup();
    DataSet set = new DataSet(inputs, labels);
    return () -> {
      for (int task = 0; task < tasks; task++) {
        network.setParams(theta);
        for (int step = 0; step < 5; step++) {
          network.fit(set);
        }
      }
    };
  }

  private static INDArray classes(int count) {
    INDArray labels = Nd4j.zeros(count, 5);
    for (int i = 0; i < count; i++) {
      labels.putScalar(i, i % 5, 1);
    }
    return labels;
  }

  private static MultiLayerNetwork mlp(int inputs, int hidden, int outputs) {
    return initialised(
        new NeuralNetConfiguration.Builder()
            .updater(new Sgd(0.01))
            .list()
            .layer(dense(inputs, hidden))
            .layer(dense(hidden, hidden))
            .layer(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(hidden)
                    .nOut(outputs)
                    .activation(Activation.SOFTMAX)
                    .build())
            .build());
  }

  private static MultiLayerNetwork sinusoid() {
    return initialised(
        new NeuralNetConfiguration.Builder()
            .updater(new Sgd(0.01))
            .list()
            .layer(dense(1, 40))
            .layer(dense(40, 40))
            .layer(
                new OutputLayer.Builder(LossFunction.MSE)
                    .nIn(40)
                    .nOut(1)
                    .activation(Activation.IDENTITY)
                    .build())
            .build());
  }

  private static DenseLayer dense(int inputs, int outputs) {
    return new DenseLayer.Builder().nIn(inputs).nOut(outputs).activation(Activation.RELU).build();
  }

  private static MultiLayerNetwork conv4() {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder().updater(new Sgd(0.01)).list();
    for (int i = 0; i < 4; i++) {
      layers.layer(
          new ConvolutionLayer.Builder(3, 3)
              .stride(2, 2)
              .convolutionMode(ConvolutionMode.Same)
              .nOut(64)
              .activation(Activation.IDENTITY)
              .build());
      layers.layer(new BatchNormalization());
      layers.layer(new ActivationLayer(Activation.RELU));
    }
    layers.layer(
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(5)
            .activation(Activation.SOFTMAX)
            .build());
    return initialised(layers.setInputType(InputType.convolutional(28, 28, 1)).build());
  }

  private static MultiLayerNetwork initialised(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }
}
