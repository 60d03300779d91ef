package io.engram.engine;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.network.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What the contracts of streams are tried with: an engine, and what it has compiled. */
abstract class StreamContract {

  static final String RECTIFIED = "input(12) dense(9) relu dense(7) leakyrelu dense(4) softmax";
  static final String SMOOTH = "input(12) dense(5) tanh dense(6) identity dense(4) softmax";
  static final String SHALLOW = "input(12) dense(4) softmax";
  static final String WIDE = "input(12) dense(70) relu dense(4) softmax";
  static final String IMAGE = "input(3,2,2) flatten dense(9) relu dense(4) softmax";

  private final List<StreamProgram> compiled = new ArrayList<>();

  /** Frees what a test compiled. */
  @AfterEach
  void close() {
    compiled.forEach(StreamProgram::close);
  }

  final StreamProgram compile(String network) {
    StreamProgram program = engine().compileStream(NetworkSpec.parse(network));
    compiled.add(program);
    return program;
  }

  /** The engine under test. */
  protected abstract ComputeEngine engine();

  /** A network that the engine has compiled, with weights and a batch. */
  final StreamProblem problem(String network, int examples) {
    return new StreamProblem(compile(network), examples);
  }
}
