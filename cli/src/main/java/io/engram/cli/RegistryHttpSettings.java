package io.engram.cli;

import io.engram.cli.config.Section;
import io.engram.cli.config.Settings;
import io.engram.cli.role.ServingSettings;
import io.engram.cli.state.StateDirectory;
import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.http.HttpConfig;
import io.engram.modelregistry.http.RegistryHttp;
import io.engram.modelregistry.page.PageSources;
import io.engram.modelregistry.serving.Serving;
import io.engram.servicekit.health.Health;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Section {@code registry.http}. */
final class RegistryHttpSettings {

  private static final String OFF = "off";

  private RegistryHttpSettings() {}

  /**
   * Serves a registry over HTTP, unless it is off.
   *
   * @param meters of what is answered
   * @param page what its page shows beside what the registry knows
   * @throws io.engram.cli.config.InvalidSettings if the section cannot be used
   * @throws UncheckedIOException if the port is taken, or a file cannot be read
   */
  static Optional<RegistryHttp> start(
      Settings settings,
      StateDirectory state,
      RegistryService registry,
      Supplier<Health> health,
      MeterRegistry meters,
      PageSources page) {
    Section http = settings.section("registry").section("http");
    OptionalLong port = http.wideOr("port", OFF);
    if (port.isEmpty()) {
      return Optional.empty();
    }
    HttpConfig config =
        http.build(
            () ->
                new HttpConfig(
                    http.text("host"),
                    Math.toIntExact(port.getAsLong()),
                    state.registry().resolve("token"),
                    http.size("max-body"),
                    tls(http),
                    http.words("allowed-hosts")));
    Optional<Serving> serving = ServingSettings.read(settings, meters);
    try {
      return Optional.of(
          http.build(() -> RegistryHttp.start(config, registry, health, serving, page)));
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof BindException)) {
        throw e;
      }
      throw new UncheckedIOException(
          "%s; choose another port with --set registry.http.port=PORT (0 picks a free one)"
              .formatted(e.getMessage()),
          e.getCause());
    }
  }

  /** For people. */
  static String address(Optional<RegistryHttp> server) {
    return server.map(it -> it.uri().toString()).orElse(OFF);
  }

  private static Optional<HttpConfig.Tls> tls(Section http) {
    return http.text("tls-key-store").isEmpty()
        ? Optional.empty()
        : Optional.of(
            new HttpConfig.Tls(http.path("tls-key-store"), http.path("tls-password-file")));
  }
}
