package io.engram.learner;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.EngineKind;
import io.engram.core.compute.episode.Capabilities;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.network.NetworkSpec;
import io.engram.engine.fused.FusedEngine;

/**
 * An engine as somebody else would bring it: one class and one line in {@code META-INF/services}. It computes as the fused engine does, by
 * which the bits of both can be compared.
 */
public final class BorrowedKind implements EngineKind {

  static final String NAME = "borrowed";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int rank() {
    return -3;
  }

  @Override
  public Availability availability() {
    return new Availability.Here("somebody else's device");
  }

  @Override
  public ComputeEngine open(int threads) {
    FusedEngine lender = new FusedEngine(threads);
    return new ComputeEngine() {

      @Override
      public String name() {
        return "borrowed-cpu";
      }

      @Override
      public Capabilities capabilities() {
        return lender.capabilities();
      }

      @Override
      public MetaProgram compile(NetworkSpec network) {
        return lender.compile(network);
      }

      @Override
      public StreamProgram compileStream(NetworkSpec network) {
        return lender.compileStream(network);
      }
    };
  }
}
