package io.engram.learner.rocksdb;

import java.nio.charset.StandardCharsets;

/**
 * Which engine computed what a store holds. The same log gives the same bits from one engine on one device only.
 *
 * @param engine name of its kind
 * @param device it ran on, in the engine's own words; empty where that is not known
 */
public record ComputedBy(String engine, String device) {

  /** Stores from before this was noted: there was one engine to choose from. */
  static final ComputedBy BEFORE_THIS_WAS_NOTED = new ComputedBy("fused", "");

  private static final String BETWEEN = "\n";

  byte[] encode() {
    return (engine + BETWEEN + device).getBytes(StandardCharsets.UTF_8);
  }

  static ComputedBy decode(byte[] bytes) {
    String[] parts = new String(bytes, StandardCharsets.UTF_8).split(BETWEEN, 2);
    return new ComputedBy(parts[0], parts.length < 2 ? "" : parts[1]);
  }

  /** Whether both give the same bits, as far as is known. */
  public boolean sameAs(ComputedBy other) {
    return engine.equals(other.engine)
        && (device.isEmpty() || other.device.isEmpty() || device.equals(other.device));
  }

  @Override
  public String toString() {
    return device.isEmpty() ? engine : "%s (%s)".formatted(engine, device);
  }
}
