package io.engram.core.continual;

import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamVector;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import java.util.List;

/** What every learner has: weights that predict, a batch to fill for the next step, and draws that follow from the seed. */
abstract class NetworkLearner implements ContinualLearner {

  final StreamProgram program;

  /** θ, the weights that predict. */
  final StreamVector theta;

  final StreamBatch batch;

  private final int arriving;
  private final long seed;
  private long draws;

  /**
   * A learner that begins at θ₀.
   *
   * @param theta [parameters] in layout order
   * @param arriving examples it wants to be shown at a time
   */
  NetworkLearner(StreamProgram program, float[] theta, int arriving, long seed) {
    this.program = program;
    this.theta = program.zeros();
    this.batch = new StreamBatch(program.network().outputs());
    this.arriving = arriving;
    this.seed = seed;
    program.load(theta, this.theta);
  }

  @Override
  public final int arriving() {
    return arriving;
  }

  @Override
  public final void predict(StreamBatch inputs, float[] logits) {
    program.predict(theta, inputs, logits);
  }

  /** Generator n = 0, 1, 2 … of this learner; a function of the seed and n. */
  final RandomStream nextDraw() {
    return new RandomStream(Seeds.derive(seed, Purpose.REPLAY_DRAW, draws++));
  }

  /** Generators taken so far. */
  final long draws() {
    return draws;
  }

  /** Goes on as after so many generators. */
  final void drawn(long so) {
    draws = so;
  }

  /** Makes {@link #batch} these examples, their mean loss the loss. */
  final void load(List<StreamExample> examples) {
    batch.clear();
    add(examples, 1f / examples.size());
  }

  /** Makes {@link #batch} new examples and, unless the memory is empty, remembered ones, all of the same weight. */
  final void load(List<StreamExample> arrived, Reservoir memory, int replayed, RandomStream draw) {
    int remembered = memory.isEmpty() ? 0 : replayed;
    float weight = 1f / (arrived.size() + remembered);
    batch.clear();
    add(arrived, weight);
    for (int i = 0; i < remembered; i++) {
      add(memory.draw(draw).example(), weight);
    }
  }

  final void add(List<StreamExample> examples, float weight) {
    for (StreamExample example : examples) {
      add(example, weight);
    }
  }

  final void add(StreamExample example, float weight) {
    batch.add(example.input(), example.label(), weight);
  }
}
