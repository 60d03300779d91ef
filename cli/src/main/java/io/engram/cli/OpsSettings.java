package io.engram.cli;

import io.engram.cli.config.Section;
import io.engram.cli.config.Settings;
import io.engram.cli.ops.OpsServer;
import io.engram.cli.ops.PortUnavailable;
import io.engram.servicekit.health.Health;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Section {@code ops}. */
final class OpsSettings {

  private static final String OFF = "off";
  private static final int LARGEST_PORT = 65_535;

  private OpsSettings() {}

  /**
   * Starts the server of a role, unless it is off.
   *
   * @throws io.engram.cli.config.InvalidSettings if the port is none
   * @throws PortUnavailable if it is taken
   */
  static Optional<OpsServer> start(
      Settings settings, String role, PrometheusMeterRegistry meters, Supplier<Health> health) {
    Section ops = settings.section("ops");
    String key = role + "-port";
    OptionalLong port = ops.wideOr(key, OFF);
    if (port.isEmpty()) {
      return Optional.empty();
    }
    if (port.getAsLong() < 0 || port.getAsLong() > LARGEST_PORT) {
      throw ops.invalid(key, "a port from 1 to 65535, 0 for a free one, or 'off'");
    }
    try {
      return Optional.of(
          ops.build(
              () ->
                  OpsServer.start(
                      ops.text("host"),
                      (int) port.getAsLong(),
                      ops.words("allowed-hosts"),
                      meters,
                      health)));
    } catch (PortUnavailable e) {
      throw new PortUnavailable(
          "%s; stop the program that holds the port, or choose another with --set ops.%s=PORT (0 picks a free one)"
              .formatted(e.getMessage(), key),
          e);
    }
  }

  /** How long a part may get nothing done though there is work, before {@code /health} says so. */
  static Duration patience(Settings settings) {
    Section ops = settings.section("ops");
    Duration patience = ops.duration("stalled-after");
    if (patience.isNegative() || patience.isZero()) {
      throw ops.invalid("stalled-after", "a duration above 0");
    }
    return patience;
  }

  /** For people. */
  static String address(Optional<OpsServer> server) {
    return server.map(it -> "http://127.0.0.1:%d/metrics".formatted(it.port())).orElse(OFF);
  }
}
