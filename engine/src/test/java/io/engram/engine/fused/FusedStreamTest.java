package io.engram.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.engram.core.compute.stream.GradientSum;
import io.engram.core.compute.stream.SparseInput;
import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamStep;
import io.engram.core.compute.stream.StreamVector;
import io.engram.core.network.InitialParameters;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.engine.reference.Problems;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class FusedStreamTest {

  @Test
  void theSteadyStateAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    NetworkSpec network = NetworkSpec.parse("input(50) dense(20) relu dense(10) softmax");
    try (StreamProgram program = new FusedEngine(1).compileStream(network)) {
      Rounds rounds = new Rounds(program);
      long before = 0;
      for (int round = 0; round < 2000; round++) {
        if (round == 1000) {
          before = threads.getCurrentThreadAllocatedBytes();
        }
        rounds.step();
      }
      long perStep = (threads.getCurrentThreadAllocatedBytes() - before) / (1000 * 4);
      assertThat(perStep).as("bytes per step").isZero();
    }
  }

  /** One of everything a learner may ask for, made once. */
  private static final class Rounds {

    private final StreamProgram program;
    private final StreamVector weights;
    private final StreamVector squares;
    private final StreamStep single = StreamStep.of(0.01f);
    private final StreamStep own;
    private final StreamStep averaged;
    private final GradientSum sum;
    private final StreamBatch batch = new StreamBatch(10);
    private final SparseInput[] inputs = new SparseInput[30];
    private final float[] logits = new float[30 * 10];

    Rounds(StreamProgram program) {
      this.program = program;
      this.weights = program.zeros();
      program.load(InitialParameters.of(program.network(), 1, false), weights);
      this.squares = program.zeros();
      StreamVector steps = program.zeros();
      steps.fill(0.01f);
      this.own = new StreamStep.Each(steps);
      this.averaged = new StreamStep.Averaged(new StreamStep.Each(steps, 1.0), squares, 0.1f);
      this.sum = GradientSum.of(0.1f, squares);
      RandomStream random = new RandomStream(2);
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = SparseInput.of(Problems.gaussian(50, random));
      }
    }

    void step() {
      batch.clear();
      batch.add(inputs[0], 3, 1f);
      program.descend(weights, batch, single);
      batch.clear();
      for (int i = 0; i < inputs.length; i++) {
        batch.add(inputs[i], i % 10, 1f / inputs.length);
      }
      program.descend(weights, batch, own);
      program.addGradient(weights, batch, sum);
      program.descend(weights, batch, averaged);
      program.addSquaredGradients(weights, batch, squares, logits);
    }
  }
}
