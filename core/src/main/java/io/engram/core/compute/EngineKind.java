package io.engram.core.compute;

/**
 * A kind of compute engine, found by {@link java.util.ServiceLoader}: it says what it is called, whether it can run on this machine,
 * and opens engines. Stateless and thread-safe; has a public constructor without parameters.
 */
public interface EngineKind {

  /** The name in configuration files, e.g. {@code fused}. */
  String name();

  /** Among the kinds that can run here, {@code auto} takes the one of the highest rank; negative ranks are never taken by themselves. */
  int rank();

  /** What runs here and where from, in a few words for people, or why it cannot. May take a moment; throws nothing. */
  Availability availability();

  /**
   * Opens an engine.
   *
   * @param threads threads on the processor, for engines that use them; at least 1
   * @throws UnsupportedNetworkException if the engine cannot run here; the message is that of {@link Availability.Absent}
   */
  ComputeEngine open(int threads);

  /** Whether an engine can run on this machine. */
  sealed interface Availability {

    /**
     * It can.
     *
     * @param device what it runs on, e.g. {@code NVIDIA H100 80GB HBM3 (compute capability 9.0, driver 580.159)}
     */
    record Here(String device) implements Availability {}

    /**
     * It cannot.
     *
     * @param reason what is missing, and what can be done
     */
    record Absent(String reason) implements Availability {}
  }
}
