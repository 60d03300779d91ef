package io.engram.experiments.lifelong;

import io.engram.core.compute.SparseInput;
import io.engram.core.compute.StreamBatch;
import io.engram.core.compute.StreamProgram;
import io.engram.core.compute.StreamVector;
import io.engram.core.continual.FreshHead;
import io.engram.core.continual.StreamExample;
import java.util.List;

/**
 * First-order MAML (Finn et al. 2017, section 5.2) on 10-way 5-shot tasks of training characters, one task an outer step. Every task begins with
 * a head of zeros, and the outer step is for the layers below it alone.
 */
final class Pretraining {

  private static final int INNER_STEPS = 5;
  private static final float INNER_STEP = 0.2f;
  private static final float OUTER_STEP = 0.1f;

  private final StreamProgram program;
  private final StreamBatch batch;

  Pretraining(StreamProgram program) {
    this.program = program;
    this.batch = new StreamBatch(program.network().outputs());
  }

  /** θ after {@code tasks} tasks, from θ₀. */
  float[] run(List<List<SparseInput>> characters, float[] theta, int tasks, long seed) {
    StreamVector slow = program.zeros();
    FreshHead head = new FreshHead(program);
    program.load(theta, slow);
    head.clear(slow);
    StreamVector fast = slow.copy();
    for (int task = 0; task < tasks; task++) {
      DriftingStream stream = new DriftingStream(List.of(characters), 1, seed * tasks + task);
      fast.set(slow);
      load(stream.next());
      for (int step = 0; step < INNER_STEPS; step++) {
        program.descend(fast, batch, INNER_STEP);
      }
      load(stream.next());
      program.addGradient(fast, batch, -OUTER_STEP, slow);
      head.clear(slow);
    }
    float[] trained = new float[theta.length];
    program.store(slow, trained);
    return trained;
  }

  private void load(List<StreamExample> examples) {
    batch.clear();
    for (StreamExample example : examples) {
      batch.add(example.input(), example.label(), 1f / examples.size());
    }
  }
}
