package io.engram.engine.fused;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.episode.Capabilities;
import io.engram.core.compute.episode.Capabilities.Feature;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.network.NetworkSpec;

/**
 * The default engine on CPU. Every layer, head, inner optimiser and rule of the port runs here, except exact second order through Adam.
 * Each program has its own crew of threads and its own native memory.
 *
 * <p>Exact second order and the multi-step loss look back at every inner step. For K steps, P parameters and passes of S bytes (about 16
 * bytes for each activation and patch element of a batch) a thread then holds 8·P·(K + 1) + S·K bytes. Where S·K is more than
 * {@link #passBytes} the passes are computed again on the way back, to the same bits, which costs one more forward and backward sweep a
 * step and leaves 8·P·(K + 1) + S.
 */
public final class FusedEngine implements ComputeEngine {

  /** Room for passes in each thread unless told otherwise. */
  public static final long DEFAULT_PASS_BYTES = 512L << 20;

  static final Capabilities CAPABILITIES =
      Capabilities.secondOrder(
          Feature.STEP_SIZE_GRADIENTS,
          Feature.MULTI_STEP_LOSS,
          Feature.STREAMS,
          Feature.CLOSED_FORM_HEADS);

  private final int threads;
  private final long passBytes;

  /** Uses as many threads as there are processors. */
  public FusedEngine() {
    this(Runtime.getRuntime().availableProcessors());
  }

  /**
   * Uses a fixed number of threads; results do not depend on it.
   *
   * @param threads at least 1; the calling thread is one of them
   */
  public FusedEngine(int threads) {
    this(threads, DEFAULT_PASS_BYTES);
  }

  /**
   * Uses a fixed number of threads and a bound for what each of them keeps of an inner loop; results depend on neither.
   *
   * @param threads at least 1; the calling thread is one of them
   * @param passBytes room for the passes of an inner loop in each thread; 0 keeps none
   */
  public FusedEngine(int threads, long passBytes) {
    if (threads < 1) {
      throw new IllegalArgumentException("the engine needs at least 1 thread, found " + threads);
    }
    if (passBytes < 0) {
      throw new IllegalArgumentException(
          "room for passes must be 0 bytes or more, found " + passBytes);
    }
    this.threads = threads;
    this.passBytes = passBytes;
  }

  /** Room for the passes of an inner loop in each thread. */
  public long passBytes() {
    return passBytes;
  }

  @Override
  public String name() {
    return "fused-cpu";
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public MetaProgram compile(NetworkSpec network) {
    // Here rather than in the first step: it takes a moment, and it may be missing.
    Gemm.load();
    return new FusedProgram(new Circuit(network), threads, passBytes);
  }

  /** Dense layers with a softmax head. Runs on the caller's thread. */
  @Override
  public StreamProgram compileStream(NetworkSpec network) {
    Gemm.load();
    return new StreamNetwork(network);
  }
}
