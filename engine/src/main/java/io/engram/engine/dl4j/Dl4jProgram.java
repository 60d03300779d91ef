package io.engram.engine.dl4j;

import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerLoop.Batching.Mini;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.engine.CheckedProgram;
import io.engram.engine.ExampleSets;
import io.engram.engine.HeadLoss;
import io.engram.engine.InnerStep;
import io.engram.engine.MeanContribution;
import io.engram.engine.MiniBatches;
import java.util.List;

/** The port, as plainly as it can be written. */
final class Dl4jProgram extends CheckedProgram {

  private final Dl4jModel model;

  Dl4jProgram(NetworkSpec network) {
    super(network, Dl4jEngine.CAPABILITIES);
    this.model = new Dl4jModel(network);
  }

  @Override
  public void adapt(float[] theta, List<Episode> episodes, InnerLoop loop, float[][] adapted) {
    open().checkAdapt(theta, episodes, loop, adapted);
    for (int i = 0; i < episodes.size(); i++) {
      adapt(theta, episodes.get(i), loop, new InnerStep(network, loop), adapted[i]);
    }
  }

  /** Writes φ; returns the support loss before the last step. */
  private double adapt(
      float[] theta, Episode episode, InnerLoop loop, InnerStep step, float[] phi) {
    System.arraycopy(theta, 0, phi, 0, theta.length);
    float[] gradient = new float[theta.length];
    MiniBatches draw = new MiniBatches();
    draw.start(episode.support().size(), episode.seed());
    double loss = Double.NaN;
    for (int k = 0; k < loop.steps(); k++) {
      ExampleSet batch =
          loop.batching() instanceof Mini mini
              ? ExampleSets.next(episode.support(), draw, mini.size())
              : episode.support();
      loss = model.gradient(phi, batch.inputs(), batch.targets(), gradient);
      step.apply(k, gradient, phi);
    }
    return loop.steps() > 0
        ? loss
        : model.gradient(phi, episode.support().inputs(), episode.support().targets(), gradient);
  }

  @Override
  public void evaluate(
      float[][] adapted, List<Episode> episodes, NormalizationMode mode, List<Evaluation> results) {
    open().checkEvaluate(adapted, episodes, results);
    for (int i = 0; i < episodes.size(); i++) {
      ExampleSet query = episodes.get(i).query();
      int width = network.outputs();
      float[] outputs = results.get(i).begin(query.size(), width);
      if (mode == NormalizationMode.TRANSDUCTIVE) {
        float[] all = model.outputs(adapted[i], query.inputs(), query.size());
        System.arraycopy(all, 0, outputs, 0, all.length);
      } else {
        oneByOne(adapted[i], episodes.get(i), outputs);
      }
      double loss =
          HeadLoss.gradient(outputs, width, query.targets(), new float[query.size() * width]);
      results.get(i).finish(loss, HeadLoss.score(outputs, width, query.targets()));
    }
  }

  private void oneByOne(float[] phi, Episode episode, float[] outputs) {
    int width = network.outputs();
    int support = episode.support().size();
    for (int q = 0; q < episode.query().size(); q++) {
      float[] inputs = ExampleSets.append(episode.support(), episode.query(), q);
      float[] all = model.outputs(phi, inputs, support + 1);
      System.arraycopy(all, support * width, outputs, q * width, width);
    }
  }

  @Override
  public void metaGradient(
      float[] theta, List<Episode> episodes, MetaObjective objective, MetaGradient gradient) {
    open().checkMetaGradient(theta, episodes, objective, gradient);
    MeanContribution.require(Dl4jEngine.NAME, objective, gradient);
    InnerLoop loop = objective.loop();
    MetaRule rule = objective.rule();
    MeanContribution mean = new MeanContribution(loop, gradient, episodes.size());
    float[] phi = new float[theta.length];
    float[] share = new float[theta.length];
    for (int i = 0; i < episodes.size(); i++) {
      InnerStep step = new InnerStep(network, loop);
      double loss = adapt(theta, episodes.get(i), loop, step, phi);
      if (rule == MetaRule.REPTILE) {
        MeanContribution.reptile(theta, phi, share);
      } else {
        ExampleSet query = episodes.get(i).query();
        loss = model.gradient(phi, query.inputs(), query.targets(), share);
      }
      mean.add(loss, share, step);
    }
    mean.finish();
  }

  @Override
  protected void release() {}
}
