package io.engram.core.testing;

import io.engram.core.compute.episode.Capabilities;
import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerOptimizer;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.compute.episode.StepSizes;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The smallest program there is: y = w·x + b with squared error, first order, worked by hand. */
public final class LinearProgram implements MetaProgram {

  public static final NetworkSpec NETWORK = NetworkSpec.parse("input(1) dense(1) mse");

  @Override
  public NetworkSpec network() {
    return NETWORK;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(Set.of(MetaRule.FIRST_ORDER), Set.of(), Set.of());
  }

  @Override
  public void adapt(float[] theta, List<Episode> episodes, InnerLoop loop, float[][] adapted) {
    float alpha = ((StepSizes.Uniform) ((InnerOptimizer.Sgd) loop.optimizer()).stepSizes()).value();
    for (int i = 0; i < episodes.size(); i++) {
      float[] phi = Arrays.copyOf(theta, 2);
      for (int step = 0; step < loop.steps(); step++) {
        double[] gradient = gradient(phi, episodes.get(i).support());
        phi[0] -= (float) (alpha * gradient[0]);
        phi[1] -= (float) (alpha * gradient[1]);
      }
      System.arraycopy(phi, 0, adapted[i], 0, 2);
    }
  }

  @Override
  public void evaluate(
      float[][] adapted, List<Episode> episodes, NormalizationMode mode, List<Evaluation> results) {
    for (int i = 0; i < episodes.size(); i++) {
      ExampleSet query = episodes.get(i).query();
      float[] outputs = results.get(i).begin(query.size(), 1);
      for (int j = 0; j < query.size(); j++) {
        outputs[j] = adapted[i][0] * query.inputs()[j] + adapted[i][1];
      }
      double loss = gradient(adapted[i], query)[2];
      results.get(i).finish(loss, loss);
    }
  }

  @Override
  public void metaGradient(
      float[] theta, List<Episode> episodes, MetaObjective objective, MetaGradient out) {
    float[][] phi = new float[episodes.size()][2];
    adapt(theta, episodes, objective.loop(), phi);
    out.begin(episodes.size());
    Arrays.fill(out.parameters(), 0);
    for (int i = 0; i < episodes.size(); i++) {
      double[] gradient = gradient(phi[i], episodes.get(i).query());
      out.parameters()[0] += (float) gradient[0] / episodes.size();
      out.parameters()[1] += (float) gradient[1] / episodes.size();
      out.record(i, (float) gradient[2], true);
    }
  }

  private static double[] gradient(float[] phi, ExampleSet examples) {
    float[] targets = ((Targets.Values) examples.targets()).values();
    double[] sums = new double[3];
    for (int i = 0; i < examples.size(); i++) {
      double error = phi[0] * examples.inputs()[i] + phi[1] - targets[i];
      sums[0] += 2 * error * examples.inputs()[i] / examples.size();
      sums[1] += 2 * error / examples.size();
      sums[2] += error * error / examples.size();
    }
    return sums;
  }

  @Override
  public void close() {}
}
