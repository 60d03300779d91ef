package io.engram.engine.fused;

import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerOptimizer.Adam;
import io.engram.core.compute.episode.InnerOptimizer.AdamMoments;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.task.Episode;
import io.engram.engine.CheckedProgram;
import io.engram.engine.MomentChain;
import java.util.Arrays;
import java.util.List;

/** Hands episodes to the crew and joins what comes back. */
final class FusedProgram extends CheckedProgram {

  private final Circuit circuit;
  private final Crew crew;
  private final Worker[] workers;
  private final Recipe recipe;
  private final Contributions contributions;
  private final float[] mean;
  private final Batch targets;
  private final Jobs.Adapt adapt;
  private final Jobs.Contribute contribute;
  private final Jobs.Reduce reduce;
  private final Jobs.Predict predict;

  FusedProgram(Circuit circuit, int threads, long passBytes) {
    super(circuit.network, FusedEngine.CAPABILITIES);
    this.circuit = circuit;
    this.crew = new Crew(threads, "engram-fused");
    this.workers = new Worker[threads];
    Arrays.setAll(workers, i -> Worker.of(circuit, passBytes));
    this.recipe = new Recipe(circuit);
    this.contributions = new Contributions(circuit.parameters.length());
    this.mean = new float[circuit.parameters.length()];
    this.targets = new Batch(circuit);
    this.adapt = new Jobs.Adapt(circuit, workers, recipe);
    this.contribute = new Jobs.Contribute(workers, recipe, contributions);
    this.reduce = new Jobs.Reduce(contributions, recipe, mean);
    this.predict = new Jobs.Predict(circuit, workers);
  }

  @Override
  public void adapt(float[] theta, List<Episode> episodes, InnerLoop loop, float[][] adapted) {
    open().checkAdapt(theta, episodes, loop, adapted);
    recipe.prepare(theta, loop, null);
    crew.run(episodes.size(), adapt.with(theta, episodes, adapted));
  }

  @Override
  public void evaluate(
      float[][] adapted, List<Episode> episodes, NormalizationMode mode, List<Evaluation> results) {
    open().checkEvaluate(adapted, episodes, results);
    for (int i = 0; i < episodes.size(); i++) {
      results.get(i).begin(episodes.get(i).query().size(), circuit.outputs());
    }
    predict.with(adapted, episodes, mode, results);
    crew.run(predict.pieces(), predict);
    for (int i = 0; i < episodes.size(); i++) {
      targets.loadTargets(episodes.get(i).query());
      float[] outputs = results.get(i).outputs();
      results
          .get(i)
          .finish(circuit.loss.loss(outputs, targets), circuit.loss.score(outputs, targets));
    }
  }

  @Override
  public void metaGradient(
      float[] theta, List<Episode> episodes, MetaObjective objective, MetaGradient gradient) {
    open().checkMetaGradient(theta, episodes, objective, gradient);
    InnerLoop loop = objective.loop();
    recipe.prepare(theta, loop, objective.stepWeights());
    float[] alpha = gradient.stepSizes();
    contributions.begin(
        episodes.size(), alpha == null ? 0 : alpha.length, gradient.moments() != null);
    crew.run(episodes.size(), contribute.with(episodes, objective.rule()));
    gradient.begin(episodes.size());
    for (int i = 0; i < episodes.size(); i++) {
      gradient.record(i, (float) contributions.loss(i), contributions.counted(i));
    }
    crew.run(contributions.stripes(), reduce.prepared());
    Arrays.fill(gradient.parameters(), 0f);
    circuit.parameters.scatter(mean, gradient.parameters());
    if (alpha != null) {
      contributions.reduceStepSizes(alpha);
    }
    if (gradient.moments() != null && loop.optimizer() instanceof Adam adam) {
      finishMoments(loop, adam, gradient, gradient.moments());
    }
  }

  private void finishMoments(
      InnerLoop loop, Adam adam, MetaGradient gradient, AdamMoments moments) {
    int length = layout().length();
    AdamMoments start = adam.start();
    // First everything as at the start: the elements that are never trained must come along.
    MomentChain.begin(start == null ? null : start.first(), moments.first(), 0, length);
    MomentChain.begin(start == null ? null : start.second(), moments.second(), 0, length);
    circuit.parameters.scatter(reduce.firstMoments(), moments.first());
    circuit.parameters.scatter(reduce.secondMoments(), moments.second());
    gradient.finishMoments(MomentChain.steps(adam, loop, gradient.contributing()));
  }

  @Override
  protected void release() {
    crew.close();
    for (Worker worker : workers) {
      worker.close();
    }
    targets.close();
  }
}
