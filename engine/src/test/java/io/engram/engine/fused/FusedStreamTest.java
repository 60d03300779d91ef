package io.engram.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.SparseInput;
import io.engram.core.compute.StreamBatch;
import io.engram.core.compute.StreamProgram;
import io.engram.core.compute.StreamVector;
import io.engram.core.network.InitialParameters;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.engine.StreamProgramContract;
import io.engram.engine.reference.Problems;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class FusedStreamTest extends StreamProgramContract {

  @Override
  protected ComputeEngine engine() {
    return new FusedEngine(1);
  }

  @Test
  void theSteadyStateAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    NetworkSpec network = NetworkSpec.parse("input(50) dense(20) relu dense(10) softmax");
    StreamProgram program = engine().compileStream(network);
    StreamVector weights = program.zeros();
    program.load(InitialParameters.of(network, 1, false), weights);
    StreamVector steps = program.zeros();
    steps.fill(0.01f);
    StreamVector squares = program.zeros();
    StreamBatch batch = new StreamBatch(10);
    SparseInput[] inputs = new SparseInput[30];
    float[] logits = new float[30 * 10];
    RandomStream random = new RandomStream(2);
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = SparseInput.of(Problems.gaussian(50, random));
    }
    long before = 0;
    for (int round = 0; round < 2000; round++) {
      if (round == 1000) {
        before = threads.getCurrentThreadAllocatedBytes();
      }
      step(program, weights, batch, inputs, steps, squares, logits);
    }
    long perStep = (threads.getCurrentThreadAllocatedBytes() - before) / (1000 * 4);
    assertThat(perStep).as("bytes per step").isZero();
  }

  private static void step(
      StreamProgram program,
      StreamVector weights,
      StreamBatch batch,
      SparseInput[] inputs,
      StreamVector steps,
      StreamVector squares,
      float[] logits) {
    batch.clear();
    batch.add(inputs[0], 3, 1f);
    program.descend(weights, batch, 0.01f);
    batch.clear();
    for (int i = 0; i < inputs.length; i++) {
      batch.add(inputs[i], i % 10, 1f / inputs.length);
    }
    program.descend(weights, batch, steps);
    program.addGradient(weights, batch, 0.1f, squares);
    program.descend(weights, batch, steps, 1.0, squares, 0.1f);
    program.addSquaredGradients(weights, batch, squares, logits);
  }
}
