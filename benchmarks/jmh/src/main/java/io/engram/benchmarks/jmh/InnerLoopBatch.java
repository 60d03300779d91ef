package io.engram.benchmarks.jmh;

import static java.util.Objects.requireNonNull;

import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.network.Head;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.engine.fused.FusedEngine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One meta-batch of the fused engine, on one thread so that all it allocates is counted. */
@State(Scope.Thread)
public class InnerLoopBatch {

  /** A workload as {@code name;network;tasks;support;steps}. */
  @Param("none")
  public String workload = "none";

  /** What an episode contributes. */
  @Param({"REPTILE", "FIRST_ORDER", "SECOND_ORDER"})
  public MetaRule rule = MetaRule.REPTILE;

  private @Nullable MetaProgram program;
  private @Nullable MetaGradient gradient;
  private float[] theta = new float[0];
  private List<Episode> episodes = List.of();
  private @Nullable MetaObjective objective;

  /** Compiles the network and draws the tasks. */
  @Setup(Level.Trial)
  public void load() {
    String[] parts = workload.split(";", -1);
    NetworkSpec network = NetworkSpec.parse(parts[1]);
    RandomStream random = new RandomStream(1);
    theta = gaussian(network.layout().length(), 0.05, random);
    episodes = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(parts[2]); i++) {
      int examples = Integer.parseInt(parts[3]);
      episodes.add(new Episode(set(network, examples, random), set(network, examples, random), i));
    }
    objective = MetaObjective.of(InnerLoop.sgd(Integer.parseInt(parts[4]), 0.01f), rule);
    program = new FusedEngine(1).compile(network);
    gradient = MetaGradient.of(theta.length);
  }

  /** Adapts every task and reduces their contributions. */
  @Benchmark
  public float metaBatch() {
    MetaGradient into = requireNonNull(gradient);
    requireNonNull(program).metaGradient(theta, episodes, requireNonNull(objective), into);
    return into.parameters()[0];
  }

  /** Frees native memory. */
  @TearDown(Level.Trial)
  public void close() {
    requireNonNull(program).close();
  }

  private static ExampleSet set(NetworkSpec network, int examples, RandomStream random) {
    int width = network.input().size();
    int outputs = network.outputs();
    float[] inputs = gaussian(examples * width, 1, random);
    if (network.head() == Head.MEAN_SQUARED_ERROR) {
      float[] values = gaussian(examples * outputs, 1, random);
      return new ExampleSet(width, inputs, new Targets.Values(outputs, values));
    }
    int[] classes = new int[examples];
    for (int i = 0; i < examples; i++) {
      classes[i] = i % outputs;
    }
    return new ExampleSet(width, inputs, new Targets.Classes(outputs, classes));
  }

  private static float[] gaussian(int count, double deviation, RandomStream random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }
}
