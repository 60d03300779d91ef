package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.deploy.ComposeFile.Mount;
import io.engram.deploy.ComposeFile.Service;
import io.engram.embeddedkafka.testing.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** Prometheus and promtool, where this machine has them. */
record PrometheusTools(Path directory) {

  /** Where {@code .ci/run} unpacks them. */
  private static final String UNPACKED = "target/prometheus/usr/bin";

  /**
   * On the PATH, or unpacked in this checkout.
   *
   * @throws TestAbortedException where there are none, so that the test is skipped and says why
   */
  static PrometheusTools require() {
    return Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(Path::of),
            Stream.of(Repository.path(UNPACKED)))
        .filter(it -> Files.isExecutable(it.resolve("prometheus")))
        .filter(it -> Files.isExecutable(it.resolve("promtool")))
        .findFirst()
        .map(PrometheusTools::new)
        .orElseThrow(
            () ->
                new TestAbortedException(
                    "SKIPPED: prometheus and promtool are neither on the PATH nor in "
                        + UNPACKED
                        + ", where .ci/run unpacks them"));
  }

  /** Has promtool check the project's configuration and rules. */
  void check() {
    promtool("check", "config", Monitoring.PROMETHEUS);
    promtool("check", "rules", Monitoring.ALERTS);
  }

  /** Has promtool look over what a role exports; what it has to say of it. */
  String checkMetrics(String exposition, Path into) {
    try {
      Path metrics = Files.writeString(into.resolve("metrics.txt"), exposition);
      Process process =
          new ProcessBuilder(directory.resolve("promtool").toString(), "check", "metrics")
              .redirectInput(metrics.toFile())
              .redirectErrorStream(true)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has promtool evaluate the rules on the series of a file. */
  void tryRules(String file) {
    promtool("test", "rules", file);
  }

  private void promtool(String verb, String what, String file) {
    String program = directory.resolve("promtool").toString();
    assertThat(ChildProcess.run(List.of(program, verb, what, Repository.path(file).toString())))
        .as("promtool %s %s %s", verb, what, file)
        .isZero();
  }

  /**
   * Starts the prometheus of {@code docker-compose.yml}.
   *
   * @param ports of the roles on this machine
   */
  PrometheusServer start(Map<String, Integer> ports, Path into) {
    int port = FreePort.find();
    Service service = ComposeFile.read().service("prometheus");
    List<String> command = new ArrayList<>();
    command.add(directory.resolve("prometheus").toString());
    for (String argument : service.command()) {
      command.add(here(argument, service.mounts(), configure(ports, into), into));
    }
    command.add("--web.listen-address=127.0.0.1:" + port);
    return PrometheusServer.start(ChildProcess.start("prometheus", command, Map.of(), into), port);
  }

  /** An argument with the paths of the container replaced. */
  private static String here(String argument, List<Mount> mounts, Path configuration, Path into) {
    String replaced = argument;
    for (Mount mount : mounts) {
      Path path = mount.isVolume() ? into.resolve(mount.source()) : configuration;
      replaced = replaced.replace("=" + mount.inContainer(), "=" + path);
    }
    return replaced;
  }

  /** The project's configuration, with the targets on this machine. */
  private static Path configure(Map<String, Integer> ports, Path into) {
    try {
      String prometheus = Repository.text(Monitoring.PROMETHEUS);
      for (Map.Entry<String, Integer> role : ports.entrySet()) {
        prometheus =
            prometheus.replaceAll(
                "\"%s:\\d+\"".formatted(role.getKey()),
                "\"127.0.0.1:%d\"".formatted(role.getValue()));
      }
      Path configuration = Files.createDirectories(into.resolve("configuration"));
      Files.writeString(configuration.resolve("prometheus.yml"), prometheus);
      Files.writeString(configuration.resolve("alerts.yml"), Repository.text(Monitoring.ALERTS));
      return configuration;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
