package io.engram.cli.role;

import io.engram.cli.config.Section;
import io.engram.cli.config.Settings;
import io.engram.cli.state.StateDirectory;
import io.engram.embeddedkafka.EmbeddedKafkaConfig;
import java.util.HashMap;
import java.util.Map;

/** Section {@code broker}. */
public final class BrokerSettings {

  private static final long SMALLEST_SEGMENT = 1L << 20;
  private static final long LARGEST_SEGMENT = 1L << 30;

  private BrokerSettings() {}

  /** The broker's configuration. */
  public static EmbeddedKafkaConfig read(Settings settings, StateDirectory state) {
    Section section = settings.section("broker");
    Map<String, String> properties = new HashMap<>();
    long retention = section.bytes("retention");
    properties.put("log.retention.bytes", Long.toString(retention));
    properties.put("log.retention.ms", "-1"); // only space is scarce
    // Whole segments are deleted: of eight in the space, one is.
    properties.put(
        "log.segment.bytes",
        Long.toString(Math.max(SMALLEST_SEGMENT, Math.min(LARGEST_SEGMENT, retention / 8))));
    return section.build(
        () ->
            new EmbeddedKafkaConfig(
                state.broker(),
                section.integer("port"),
                section.integer("controller-port"),
                section.duration("start-timeout"),
                properties));
  }
}
