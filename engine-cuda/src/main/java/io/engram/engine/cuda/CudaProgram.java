package io.engram.engine.cuda;

import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerOptimizer.Adam;
import io.engram.core.compute.episode.InnerOptimizer.Sgd;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.compute.episode.StepSizes;
import io.engram.core.meta.MetaSettings;
import io.engram.core.meta.MetaState;
import io.engram.core.meta.ResidentTrainer;
import io.engram.core.meta.TrainsInPlace;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.Episode;
import io.engram.engine.Arguments;
import io.engram.engine.CheckedProgram;
import io.engram.engine.MomentChain;
import io.engram.engine.cuda.MetaShape.Alpha;
import io.engram.engine.cuda.device.Device;
import io.engram.engine.cuda.device.GuardedDevice;
import java.util.Arrays;
import java.util.List;

/** The port on a card. */
final class CudaProgram extends CheckedProgram implements TrainsInPlace {

  private final Device device;
  private final Tables tables;
  private final Circuit circuit;
  private final Plans plans = new Plans();
  private final Room room;
  private final Predictions predictions;

  /** Has the device to itself, and closes it. */
  CudaProgram(Device device, NetworkSpec network, Arithmetic arithmetic) {
    super(network, CudaEngine.CAPABILITIES);
    this.device = new GuardedDevice(device);
    this.tables = new Tables(this.device, arithmetic);
    this.circuit = new Circuit(network, tables, device.sharedBytes());
    this.room = new Room(this.device);
    this.predictions = new Predictions(this.device, circuit, plans, room);
  }

  @Override
  public void adapt(float[] theta, List<Episode> episodes, InnerLoop loop, float[][] adapted) {
    open().checkAdapt(theta, episodes, loop, adapted);
    Loop recorded = Loop.of(loop);
    Groups groups = Groups.of(episodes, false);
    int slot = 0;
    for (GroupShape group : groups.shapes()) {
      int together =
          room.togetherOf(
              List.of(recorded, group),
              group.tasks(),
              n -> {
                try (AdaptPlan plan = new AdaptPlan(circuit, recorded, group.with(n), null)) {
                  return plan.bytes();
                }
              });
      for (int done = 0; done < group.tasks(); done += together) {
        GroupShape part = group.with(Math.min(together, group.tasks() - done));
        AdaptPlan plan =
            plans.plan(
                AdaptPlan.class,
                List.of(recorded, part),
                () -> new AdaptPlan(circuit, recorded, part, device));
        plan.start(theta, episodes, groups.episodes(), slot, loop);
        device.await();
        plan.finish(adapted, groups.episodes(), slot);
        slot += part.tasks();
      }
    }
  }

  @Override
  public void metaGradient(
      float[] theta, List<Episode> episodes, MetaObjective objective, MetaGradient gradient) {
    open().checkMetaGradient(theta, episodes, objective, gradient);
    InnerLoop loop = objective.loop();
    MetaRule rule = objective.rule();
    if (episodes.isEmpty()) {
      empty(loop, gradient);
      return;
    }
    Groups groups = Groups.of(episodes, rule != MetaRule.REPTILE);
    MetaShape shape =
        new MetaShape(
            groups.shapes(),
            rule,
            Loop.of(loop),
            alpha(loop, gradient),
            gradient.stepSizes() == null ? 0 : gradient.stepSizes().length,
            gradient.moments() != null,
            objective.isMultiStep());
    MetaPlan plan = plans.plan(MetaPlan.class, shape, () -> plan(shape));
    plan.start(theta, episodes, groups, objective);
    device.await();
    plan.finish(groups, gradient);
    if (gradient.moments() != null && loop.optimizer() instanceof Adam adam) {
      gradient.finishMoments(MomentChain.steps(adam, loop, gradient.contributing()));
    }
  }

  private MetaPlan plan(MetaShape shape) {
    return new MetaPlan(circuit, shape, device, together(shape));
  }

  private int together(MetaShape shape) {
    return room.together(shape.episodes(), n -> bytes(shape, n), n -> bytes(shape.with(n), 1));
  }

  private long bytes(MetaShape shape, int together) {
    try (MetaPlan plan = new MetaPlan(circuit, shape, null, together)) {
      return plan.bytes();
    }
  }

  @Override
  public boolean trainsInPlace(MetaSettings settings) {
    return CudaTrainer.takes(settings);
  }

  @Override
  public ResidentTrainer trainer(MetaSettings settings, MetaState start, List<Episode> like) {
    Arguments arguments = open();
    CudaTrainer.check(settings);
    arguments.checkMetaGradient(
        start.theta(),
        like,
        MetaObjective.of(settings.inner(), settings.rule()),
        MetaGradient.of(start.theta().length));
    Groups groups = Groups.of(like, settings.rule() != MetaRule.REPTILE);
    MetaShape shape =
        new MetaShape(
            groups.shapes(),
            settings.rule(),
            Loop.of(settings.inner()),
            Alpha.NONE,
            0,
            false,
            false);
    return new CudaTrainer(device, circuit, shape, settings, start, together(shape));
  }

  private static void empty(InnerLoop loop, MetaGradient gradient) {
    gradient.begin(0);
    Arrays.fill(gradient.parameters(), 0f);
    float[] stepSizes = gradient.stepSizes();
    if (stepSizes != null) {
      Arrays.fill(stepSizes, 0f);
    }
    if (gradient.moments() != null && loop.optimizer() instanceof Adam adam) {
      float[] first = adam.start() == null ? null : adam.start().first();
      float[] second = adam.start() == null ? null : adam.start().second();
      int length = gradient.parameters().length;
      MomentChain.begin(first, gradient.moments().first(), 0, length);
      MomentChain.begin(second, gradient.moments().second(), 0, length);
      gradient.finishMoments(MomentChain.steps(adam, loop, 0));
    }
  }

  private static Alpha alpha(InnerLoop loop, MetaGradient gradient) {
    if (gradient.stepSizes() == null || !(loop.optimizer() instanceof Sgd sgd)) {
      return Alpha.NONE;
    }
    if (sgd.stepSizes() instanceof StepSizes.PerParameter) {
      return Alpha.PER_PARAMETER;
    }
    return sgd.stepSizes() instanceof StepSizes.PerTensorPerStep ? Alpha.PER_TENSOR : Alpha.UNIFORM;
  }

  @Override
  public void evaluate(
      float[][] adapted, List<Episode> episodes, NormalizationMode mode, List<Evaluation> results) {
    open().checkEvaluate(adapted, episodes, results);
    predictions.evaluate(adapted, episodes, mode, results);
  }

  @Override
  protected void release() {
    plans.close();
    tables.close();
    device.close();
  }
}
