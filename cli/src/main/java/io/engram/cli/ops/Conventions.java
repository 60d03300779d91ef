package io.engram.cli.ops;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;

/**
 * Keeps out what libraries count and nobody asks for: numbers in units that Prometheus does not want, which are there in others, and most of the hundreds
 * that each client of Kafka has. What is left is bounded by clients, threads and stores, not by keys.
 */
final class Conventions implements MeterFilter {

  /** Percentages and nanoseconds, of which the same is there in bytes, seconds or as a share; a number whose name says that it counts events. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "jvm.memory.usage.after.gc", "jvm.gc.overhead", "process.cpu.time", "system.cpu.count");

  private static final String KAFKA = "kafka.";
  private static final Set<String> OF_KAFKA =
      Set.of(
          "kafka.consumer.fetch.manager.records.lag.max",
          "kafka.consumer.fetch.manager.records.consumed.total",
          "kafka.consumer.fetch.manager.bytes.consumed.total",
          "kafka.producer.record.send.total",
          "kafka.producer.record.error.total",
          "kafka.stream.thread.commit.total",
          "kafka.stream.thread.process.total",
          "kafka.stream.state.size.all.mem.tables",
          "kafka.stream.state.block.cache.usage");

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    String name = id.getName();
    boolean out = name.startsWith(KAFKA) ? !OF_KAFKA.contains(name) : LEFT_OUT.contains(name);
    return out ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
  }
}
