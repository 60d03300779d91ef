package io.engram.engine.nd4j;

import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerLoop.Batching.Mini;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.network.Layer;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.engine.CheckedProgram;
import io.engram.engine.ExampleSets;
import io.engram.engine.HeadLoss;
import io.engram.engine.InnerStep;
import io.engram.engine.MeanContribution;
import io.engram.engine.MiniBatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The port on stacks of tasks; tasks whose batches are of the same size share a stack. */
final class Nd4jProgram extends CheckedProgram {

  private final Map<Shape, TaskStack> stacks = new HashMap<>();

  private record Shape(int tasks, int examples) {}

  Nd4jProgram(NetworkSpec network) {
    super(network, Nd4jEngine.CAPABILITIES);
  }

  @Override
  public void adapt(float[] theta, List<Episode> episodes, InnerLoop loop, float[][] adapted) {
    open().checkAdapt(theta, episodes, loop, adapted);
    innerLoop(theta, episodes, loop, innerSteps(episodes.size(), loop), adapted);
  }

  private List<InnerStep> innerSteps(int episodes, InnerLoop loop) {
    return Stream.generate(() -> new InnerStep(network, loop)).limit(episodes).toList();
  }

  /** Writes φ of every episode; returns the support losses before the last step. */
  private double[] innerLoop(
      float[] theta, List<Episode> episodes, InnerLoop loop, List<InnerStep> steps, float[][] phi) {
    List<MiniBatches> draws = new ArrayList<>();
    for (int i = 0; i < episodes.size(); i++) {
      System.arraycopy(theta, 0, phi[i], 0, theta.length);
      draws.add(new MiniBatches());
      draws.get(i).start(episodes.get(i).support().size(), episodes.get(i).seed());
    }
    float[][] gradient = new float[episodes.size()][theta.length];
    double[] losses = new double[episodes.size()];
    for (int k = 0; k < Math.max(1, loop.steps()); k++) {
      List<ExampleSet> batches = new ArrayList<>();
      for (int i = 0; i < episodes.size(); i++) {
        ExampleSet support = episodes.get(i).support();
        batches.add(
            loop.batching() instanceof Mini mini
                ? ExampleSets.next(support, draws.get(i), mini.size())
                : support);
      }
      gradients(phi, batches, losses, gradient);
      for (int i = 0; i < episodes.size() && k < loop.steps(); i++) {
        steps.get(i).apply(k, gradient[i], phi[i]);
      }
    }
    return losses;
  }

  /** Mean losses and gradients of one batch per task at the task's own parameters. */
  private void gradients(
      float[][] phi, List<ExampleSet> batches, double[] losses, float[][] gradient) {
    for (int[] group : groups(batches)) {
      int examples = batches.get(group[0]).size();
      TaskStack stack = stack(group.length, examples);
      float[] outputs = forward(stack, phi, batches, group);
      float[] errors = new float[outputs.length];
      float[][] found = new float[group.length][];
      int width = network.outputs();
      for (int t = 0; t < group.length; t++) {
        losses[group[t]] =
            HeadLoss.gradient(
                outputs, t * examples * width, width, batches.get(group[t]).targets(), errors);
        found[t] = gradient[group[t]];
      }
      stack.backward(errors, found);
    }
  }

  private static float[] forward(
      TaskStack stack, float[][] phi, List<ExampleSet> batches, int[] group) {
    float[][] own = new float[group.length][];
    int size = batches.get(group[0]).inputs().length;
    float[] inputs = new float[group.length * size];
    for (int t = 0; t < group.length; t++) {
      own[t] = phi[group[t]];
      System.arraycopy(batches.get(group[t]).inputs(), 0, inputs, t * size, size);
    }
    stack.load(own);
    return stack.forward(inputs);
  }

  /** Indices of the sets of each size, empty sets left out, in order of first appearance. */
  private static List<int[]> groups(List<ExampleSet> sets) {
    List<int[]> groups = new ArrayList<>();
    List<Integer> sizes = sets.stream().map(ExampleSet::size).distinct().toList();
    for (int size : sizes) {
      if (size > 0) {
        int[] group = new int[sets.size()];
        int count = 0;
        for (int i = 0; i < sets.size(); i++) {
          if (sets.get(i).size() == size) {
            group[count++] = i;
          }
        }
        groups.add(Arrays.copyOf(group, count));
      }
    }
    return groups;
  }

  private TaskStack stack(int tasks, int examples) {
    return stacks.computeIfAbsent(
        new Shape(tasks, examples), shape -> new TaskStack(network, tasks, examples));
  }

  @Override
  public void evaluate(
      float[][] adapted, List<Episode> episodes, NormalizationMode mode, List<Evaluation> results) {
    open().checkEvaluate(adapted, episodes, results);
    int width = network.outputs();
    List<ExampleSet> queries = episodes.stream().map(Episode::query).toList();
    for (int i = 0; i < queries.size(); i++) {
      results.get(i).begin(queries.get(i).size(), width);
    }
    if (mode == NormalizationMode.NON_TRANSDUCTIVE && batchDependent()) {
      for (int i = 0; i < episodes.size(); i++) {
        predictOneByOne(adapted[i], episodes.get(i), results.get(i).outputs());
      }
    } else {
      predictTogether(adapted, queries, results);
    }
    for (int i = 0; i < queries.size(); i++) {
      finish(queries.get(i), results.get(i));
    }
  }

  private boolean batchDependent() {
    return network.layers().stream().anyMatch(layer -> layer instanceof Layer.BatchNorm);
  }

  private void predictTogether(
      float[][] adapted, List<ExampleSet> queries, List<Evaluation> results) {
    for (int[] group : groups(queries)) {
      int length = queries.get(group[0]).size() * network.outputs();
      TaskStack stack = stack(group.length, queries.get(group[0]).size());
      float[] outputs = forward(stack, adapted, queries, group);
      for (int t = 0; t < group.length; t++) {
        System.arraycopy(outputs, t * length, results.get(group[t]).outputs(), 0, length);
      }
    }
  }

  /** Each query example behind the support set. */
  private void predictOneByOne(float[] phi, Episode episode, float[] outputs) {
    int rows = episode.support().size() + 1;
    int width = network.outputs();
    TaskStack stack = stack(1, rows);
    stack.load(new float[][] {phi});
    for (int i = 0; i < episode.query().size(); i++) {
      float[] all = stack.forward(ExampleSets.append(episode.support(), episode.query(), i));
      System.arraycopy(all, (rows - 1) * width, outputs, i * width, width);
    }
  }

  private void finish(ExampleSet query, Evaluation result) {
    if (query.size() == 0) {
      result.finish(Double.NaN, Double.NaN);
      return;
    }
    int width = network.outputs();
    float[] outputs = result.outputs();
    double loss =
        HeadLoss.gradient(outputs, width, query.targets(), new float[query.size() * width]);
    result.finish(loss, HeadLoss.score(outputs, width, query.targets()));
  }

  @Override
  public void metaGradient(
      float[] theta, List<Episode> episodes, MetaObjective objective, MetaGradient gradient) {
    open().checkMetaGradient(theta, episodes, objective, gradient);
    MeanContribution.require(Nd4jEngine.NAME, objective, gradient);
    InnerLoop loop = objective.loop();
    MetaRule rule = objective.rule();
    float[][] phi = new float[episodes.size()][theta.length];
    List<InnerStep> steps = innerSteps(episodes.size(), loop);
    double[] losses = innerLoop(theta, episodes, loop, steps, phi);
    float[][] share = new float[episodes.size()][theta.length];
    if (rule == MetaRule.FIRST_ORDER) {
      gradients(phi, episodes.stream().map(Episode::query).toList(), losses, share);
    } else {
      for (int i = 0; i < share.length; i++) {
        MeanContribution.reptile(theta, phi[i], share[i]);
      }
    }
    MeanContribution mean = new MeanContribution(loop, gradient, episodes.size());
    for (int i = 0; i < share.length; i++) {
      mean.add(losses[i], share[i], steps.get(i));
    }
    mean.finish();
  }

  @Override
  protected void release() {
    stacks.values().forEach(TaskStack::close);
  }
}
