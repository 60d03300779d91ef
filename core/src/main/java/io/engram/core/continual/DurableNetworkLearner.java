package io.engram.core.continual;

import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamVector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hands over and takes back what every learner has; each says what else makes it what it is. */
abstract class DurableNetworkLearner extends NetworkLearner implements DurableLearner {

  private static final String DRAWS = "draws";
  private static final String OFFERED = "offered";

  DurableNetworkLearner(StreamProgram program, float[] theta, int arriving, long seed) {
    super(program, theta, arriving, seed);
  }

  /** Its vectors beside θ that do not follow from others, by name; live. */
  Map<String, StreamVector> vectors() {
    return Map.of();
  }

  /** What it keeps itself of the same length, by name, each as it stands now; what is written into them is taken back by {@link #resumed}. */
  Map<String, float[]> arrays() {
    return Map.of();
  }

  /** Its counters, by name. */
  Map<String, Long> counts() {
    return Map.of();
  }

  /** Its memory, if it has one. */
  @Nullable ExampleMemory memory() {
    return null;
  }

  /** Vectors and memory are as they were: takes back its counters, computes what follows. */
  void resumed(ContinualState state) {}

  @Override
  public final void store(float[] parameters) {
    program.store(theta, parameters);
  }

  @Override
  public final ContinualState state() {
    Map<String, float[]> vectors = new HashMap<>();
    vectors().forEach((name, vector) -> vectors.put(name, stored(vector)));
    arrays().forEach((name, array) -> vectors.put(name, array.clone()));
    Map<String, Long> counts = new HashMap<>(counts());
    counts.put(DRAWS, draws());
    ExampleMemory memory = memory();
    if (memory == null) {
      return new ContinualState(vectors, counts, List.of());
    }
    counts.put(OFFERED, memory.offered());
    return new ContinualState(vectors, counts, memory.contents());
  }

  @Override
  public final void resume(ContinualState state) {
    if (state.isNone()) {
      return;
    }
    vectors().forEach((name, vector) -> program.load(state.vector(name), vector));
    arrays()
        .forEach((name, array) -> System.arraycopy(state.vector(name), 0, array, 0, array.length));
    drawn(state.count(DRAWS));
    ExampleMemory memory = memory();
    if (memory != null) {
      memory.restore(state.memory(), state.count(OFFERED));
    }
    resumed(state);
  }

  private float[] stored(StreamVector vector) {
    float[] flat = new float[program.network().layout().length()];
    program.store(vector, flat);
    return flat;
  }
}
