package io.engram.engine.reference;

import io.engram.core.compute.episode.HeadFit;
import io.engram.core.network.Head;
import io.engram.core.network.Layer;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterTensor;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Heads fitted in closed form, in double precision; ridge by Gauss–Jordan on the normal equations, not on the kernel. */
final class ReferenceHead {

  private final NetworkSpec network;
  private final int inputs;

  ReferenceHead(NetworkSpec network) {
    this.network = network;
    this.inputs = network.shapes().get(network.layers().size() - 1).size();
  }

  /** φ. */
  double[] fit(HeadFit fit, double[] theta, ExampleSet support) {
    double[] phi = theta.clone();
    List<ParameterTensor> tensors = network.layout().tensors();
    int weight = tensors.get(tensors.size() - 2).offset();
    int bias = tensors.get(tensors.size() - 1).offset();
    double[][] x = embeddings(theta, support);
    int columns =
        support.targets() instanceof Targets.Classes classes ? classes.ways() : network.outputs();
    double mean = 0;
    for (int k = 0; k < network.outputs(); k++) {
      mean += theta[bias + k] / network.outputs();
    }
    for (int k = 0; k < network.outputs(); k++) {
      double[] row = new double[inputs + 1];
      if (k < columns) {
        row = row(fit, x, support, k, Math.exp(mean));
      }
      System.arraycopy(row, 0, phi, weight + k * inputs, inputs);
      phi[bias + k] = row[inputs];
    }
    return phi;
  }

  /** W_k, and b_k behind it. */
  private double[] row(HeadFit fit, double[][] x, ExampleSet support, int k, double grown) {
    if (fit instanceof HeadFit.Ridge ridge) {
      boolean classes = network.head() == Head.SOFTMAX_CROSS_ENTROPY;
      return ridge(x, support, k, ridge.lambda(), classes ? ridge.scale() * grown : 1);
    }
    double[] c = mean(x, ((Targets.Classes) support.targets()).classes(), k);
    double[] row = new double[inputs + 1];
    double square = 0;
    for (double value : c) {
      square += value * value;
    }
    double factor = 2;
    if (fit instanceof HeadFit.CosinePrototypes cosine) {
      factor = cosine.scale() * grown / Math.sqrt(square);
    } else {
      row[inputs] = -square;
    }
    for (int i = 0; i < inputs; i++) {
      row[i] = factor * c[i];
    }
    return row;
  }

  private double[] mean(double[][] x, int[] classes, int k) {
    double[] sum = new double[inputs];
    int count = 0;
    boolean seen = Arrays.stream(classes).anyMatch(it -> it == k);
    for (int n = 0; n < x.length; n++) {
      if (!seen || classes[n] == k) {
        count++;
        for (int i = 0; i < inputs; i++) {
          sum[i] += x[n][i];
        }
      }
    }
    for (int i = 0; i < inputs; i++) {
      sum[i] /= count;
    }
    return sum;
  }

  /** s·(X̃ᵀX̃ + λI)⁻¹X̃ᵀy. */
  private double[] ridge(double[][] x, ExampleSet support, int k, double lambda, double scale) {
    int size = inputs + 1;
    double[][] system = new double[size][size + 1];
    for (int n = 0; n < x.length; n++) {
      double[] row = Arrays.copyOf(x[n], size);
      row[inputs] = 1;
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          system[i][j] += row[i] * row[j];
        }
        system[i][size] += row[i] * target(support.targets(), n, k);
      }
    }
    for (int i = 0; i < size; i++) {
      system[i][i] += lambda;
    }
    for (int p = 0; p < size; p++) {
      for (int i = 0; i < size; i++) {
        double factor = i == p ? 0 : system[i][p] / system[p][p];
        for (int j = p; factor != 0 && j <= size; j++) {
          system[i][j] -= factor * system[p][j];
        }
      }
    }
    double[] solution = new double[size];
    for (int i = 0; i < size; i++) {
      solution[i] = scale * system[i][size] / system[i][i];
    }
    return solution;
  }

  private double target(Targets targets, int row, int column) {
    if (targets instanceof Targets.Classes classes) {
      return classes.classes()[row] == column ? 1 : 0;
    }
    return ((Targets.Values) targets).values()[row * network.outputs() + column];
  }

  /** What the last layer is given; a network without other parameters gives its inputs on. */
  private double[][] embeddings(double[] theta, ExampleSet support) {
    List<Layer> before = new ArrayList<>(network.layers().subList(0, network.layers().size() - 1));
    if (before.isEmpty()) {
      double[][] x = new double[support.size()][inputs];
      for (int i = 0; i < support.size() * inputs; i++) {
        x[i / inputs][i % inputs] = support.inputs()[i];
      }
      return x;
    }
    NetworkSpec body = new NetworkSpec(network.input(), before, network.head());
    return new ReferenceNetwork(body).outputs(theta, support);
  }
}
