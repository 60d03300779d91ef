package io.engram.cli.engines;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.network.InitialParameters;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * One fixed meta-batch, the same on every machine: 32 tasks of 25 examples, 784-64-64-5, five steps of Reptile. Enough to see that an engine
 * computes the right thing, and about how fast; no benchmark.
 */
public final class SmokeWorkload {

  private static final NetworkSpec NETWORK =
      NetworkSpec.parse("input(784) dense(64) relu dense(64) relu dense(5) softmax");
  private static final int TASKS = 32;
  private static final int EXAMPLES = 25;
  private static final int STEPS = 5;
  private static final float STEP_SIZE = 0.01f;
  private static final long SEED = 14;
  private static final double NANOS_PER_MICRO = 1e3;

  private final Duration warmUp;
  private final Duration measured;
  private final float[] theta = InitialParameters.of(NETWORK, SEED, false);
  private final MetaObjective objective =
      MetaObjective.of(InnerLoop.sgd(STEPS, STEP_SIZE), MetaRule.REPTILE);
  private final List<Episode> episodes = episodes();

  /** As the command measures. */
  public SmokeWorkload() {
    this(Duration.ofMillis(300), Duration.ofSeconds(1));
  }

  /**
   * @param warmUp of the meta-updates that begin within it only the last may count
   * @param measured how long meta-updates are made after that
   */
  SmokeWorkload(Duration warmUp, Duration measured) {
    this.warmUp = warmUp;
    this.measured = measured;
  }

  /**
   * Runs it.
   *
   * @throws RuntimeException if the engine cannot
   */
  public SmokeFigure run(ComputeEngine engine) {
    try (MetaProgram program = engine.compile(NETWORK)) {
      MetaGradient gradient = MetaGradient.of(theta.length);
      List<Long> times = times(program, gradient);
      Collections.sort(times);
      return new SmokeFigure(
          times.get(times.size() / 2) / NANOS_PER_MICRO / (TASKS * STEPS),
          gradient.parameters().clone());
    }
  }

  private List<Long> times(MetaProgram program, MetaGradient gradient) {
    List<Long> times = new ArrayList<>();
    long first = System.nanoTime();
    long begin = first;
    while (times.isEmpty() || begin - first < warmUp.plus(measured).toNanos()) {
      if (begin - first < warmUp.toNanos()) {
        times.clear();
      }
      program.metaGradient(theta, episodes, objective, gradient);
      long end = System.nanoTime();
      times.add(end - begin);
      begin = end;
    }
    return times;
  }

  private static List<Episode> episodes() {
    RandomStream random = new RandomStream(SEED);
    return Stream.generate(() -> episode(random)).limit(TASKS).toList();
  }

  private static Episode episode(RandomStream random) {
    int width = NETWORK.input().size();
    int ways = NETWORK.outputs();
    float[] inputs = new float[EXAMPLES * width];
    int[] classes = new int[EXAMPLES];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextDouble();
    }
    for (int i = 0; i < EXAMPLES; i++) {
      classes[i] = i % ways;
    }
    ExampleSet examples = new ExampleSet(width, inputs, new Targets.Classes(ways, classes));
    return new Episode(examples, examples, random.nextLong());
  }
}
