package io.engram.engine.cuda;

import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.meta.InnerSteps;
import io.engram.core.meta.MetaSettings;
import io.engram.core.meta.MetaState;
import io.engram.core.meta.MetaStep;
import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.ResidentTrainer;
import io.engram.core.task.Episode;
import io.engram.engine.cuda.device.Command;
import io.engram.engine.cuda.device.Device;
import io.engram.engine.cuda.device.DeviceLostException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Outer steps on the card. Episodes go into two buffers in turn: one step is computed from the one while the other is filled and sent, in
 * one sequence.
 */
final class CudaTrainer implements ResidentTrainer {

  private static final System.Logger LOG = System.getLogger(CudaTrainer.class.getName());

  /** What the two kernels of an outer step tell each other. */
  private static final int WORK = 3;

  private final Device device;
  private final MetaSettings settings;
  private final MetaShape shape;
  private final Closing closing = new Closing();
  private final ResidentState state;
  private final LoopData loopData;
  private final Outcome outcome;
  private final List<EpisodeBuffer> buffers = new ArrayList<>();
  private final List<Device.Sequence> sends = new ArrayList<>();
  private final List<Device.Sequence> steps = new ArrayList<>();
  private final List<Device.Sequence> stepsWhileSending = new ArrayList<>();
  private final Device.Sequence fetch;
  private final int episodes;
  private long updates;
  private int next;
  private boolean waiting;
  private boolean handedOver;

  CudaTrainer(
      Device device,
      Circuit circuit,
      MetaShape shape,
      MetaSettings settings,
      MetaState start,
      int together) {
    this.device = device;
    this.settings = settings;
    this.shape = shape;
    this.episodes = shape.episodes();
    this.updates = start.updates();
    try {
      this.state = closing.on(new ResidentState(start, device));
      this.loopData = closing.on(new LoopData(circuit, shape.loop(), device, state.theta()));
      this.outcome = closing.on(new Outcome(circuit, shape, device));
      Arena arena = closing.on(new Arena(device));
      for (int i = 0; i < 2; i++) {
        buffers.add(closing.on(new EpisodeBuffer(circuit, shape, device)));
      }
      Contributions contributions =
          MetaPlan.contributions(circuit, shape, arena, loopData, outcome, together);
      long work = arena.floats(WORK);
      for (int i = 0; i < 2; i++) {
        Recording to = new Recording();
        contributions.record(to, buffers.get(i));
        state.record(
            to,
            settings.outer(),
            settings.clip(),
            outcome.mean(),
            contributions.count(),
            buffers.get(i).outerStep(),
            work);
        List<Command> send = List.of(buffers.get(1 - i).upload());
        sends.add(closing.on(device.sequence(List.of(buffers.get(i).upload()), List.of())));
        steps.add(closing.on(device.sequence(to.commands(), List.of())));
        stepsWhileSending.add(closing.on(device.sequence(to.commands(), send)));
      }
      fetch = closing.on(device.sequence(List.of(state.download(), outcome.download()), List.of()));
      begin();
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  /** Whether settings can be trained with in place. */
  static boolean takes(MetaSettings settings) {
    return settings.learned() == InnerSteps.FIXED
        && settings.annealing().multiStepLoss() <= 0
        && settings.annealing().firstOrder() <= 0;
  }

  /** Throws unless settings can be trained with in place. */
  static void check(MetaSettings settings) {
    if (!takes(settings)) {
      throw new UnsupportedNetworkException(
          "outer steps in place take fixed inner step sizes and no annealing; use a MetaTrainer");
    }
  }

  private void begin() {
    loopData.putLoop(settings.inner());
    try (Device.Sequence all =
        device.sequence(List.of(state.upload(), loopData.upload()), List.of())) {
      all.start();
      device.await();
    }
  }

  @Override
  public void step(List<Episode> batch) {
    Groups groups = Groups.of(batch, shape.usesQueries());
    if (!groups.shapes().equals(shape.groups())) {
      throw new IllegalArgumentException(
          "the trainer was made for episodes of the shapes %s, found %s"
              .formatted(shape.groups(), groups.shapes()));
    }
    EpisodeBuffer buffer = buffers.get(next);
    // Its last contents left with the step before the one that runs now.
    device.awaitAllButLast();
    buffer.put(batch, groups, null);
    buffer.putOuterStep(stepSize());
    if (waiting) {
      stepsWhileSending.get(1 - next).start();
    } else {
      sends.get(next).start();
    }
    device.mark();
    waiting = true;
    handedOver = true;
    updates++;
    next = 1 - next;
  }

  @Override
  public void repeat() {
    if (!handedOver) {
      throw new IllegalStateException("no episodes have been handed over");
    }
    flush();
    steps.get(1 - next).start();
    device.mark();
    updates++;
  }

  private void flush() {
    if (waiting) {
      steps.get(1 - next).start();
      device.mark();
      waiting = false;
    }
  }

  private double stepSize() {
    return settings.outer() instanceof OuterOptimizer.Adam adam
        ? adam.stepSize().at(updates)
        : ((OuterOptimizer.Sgd) settings.outer()).stepSize().at(updates);
  }

  @Override
  public MetaStep await() {
    flush();
    fetch.start();
    device.await();
    double loss = 0;
    int contributing = 0;
    var losses = outcome.lossValues();
    var flags = outcome.flagValues();
    for (int slot = 0; slot < episodes; slot++) {
      if (flags.get(slot) == 0) {
        loss += losses.get(slot);
        contributing++;
      }
    }
    return new MetaStep(
        contributing == 0 ? Double.NaN : loss / contributing, contributing, episodes);
  }

  @Override
  public void store(MetaState into) {
    await();
    state.store(into, updates);
  }

  @Override
  public void close() {
    try {
      device.await();
    } catch (DeviceLostException e) {
      LOG.log(Level.DEBUG, "a trainer of a lost card is given up", e);
    } finally {
      closing.close();
    }
  }
}
