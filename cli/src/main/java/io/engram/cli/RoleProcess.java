package io.engram.cli;

import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.ops.Health;
import io.engram.cli.ops.OpsServer;
import io.engram.cli.ops.ProcessMeters;
import io.engram.cli.pipeline.StopInOrder;
import io.engram.cli.role.TopicSettings;
import io.engram.cli.state.Logging;
import io.engram.cli.state.StateDirectory;
import io.engram.kafkakit.ClientProperties;
import io.engram.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** One role as a process of its own: it runs until it is told to stop or fails. */
final class RoleProcess {

  private static final long MILLIS_BETWEEN_LOOKS = 500;

  private final String role;
  private final PrintWriter out;

  RoleProcess(String role, PrintWriter out) {
    this.role = role;
    this.out = out;
  }

  /** What a role needs to start. */
  record Surroundings(
      Settings settings,
      StateDirectory state,
      Topics topics,
      Map<String, Object> kafka,
      MeterRegistry meters) {}

  /**
   * A role that runs.
   *
   * @param termination completes when it has stopped by itself
   * @param detail one line for people
   */
  record Running(AutoCloseable service, CompletableFuture<Void> termination, String detail) {}

  /** How a role is started. */
  interface Start {
    Running start(Surroundings surroundings);
  }

  int untilStopped(Layers layers, Start start) {
    Settings settings = Settings.load(layers);
    StateDirectory state = StateDirectory.open(settings.top().path("state-dir"));
    Logging.toConsole();
    PrometheusMeterRegistry meters = ProcessMeters.create();
    CompletableFuture<Running> running = new CompletableFuture<>();
    try (StopSignal signal = StopSignal.install();
        StopInOrder started = new StopInOrder()) {
      Optional<OpsServer> ops = OpsSettings.start(settings, role, meters, () -> health(running));
      ops.ifPresent(started::add);
      Running service =
          start.start(
              new Surroundings(
                  settings, state, TopicSettings.read(settings), kafka(settings), meters));
      started.add(service.service());
      running.complete(service);
      out.println(
          "engram %s: %s, metrics at %s"
              .formatted(role, service.detail(), OpsSettings.address(ops)));
      out.flush();
      while (!signal.await(MILLIS_BETWEEN_LOOKS)) {
        if (service.termination().isDone()) {
          throw new IllegalStateException(
              "the %s has stopped: %s".formatted(role, why(service.termination())));
        }
      }
      return ExitCodes.INTERRUPTED;
    }
  }

  static Map<String, Object> kafka(Settings settings) {
    return ClientProperties.at(settings.top().text("bootstrap"), settings.kafka());
  }

  private static Health health(CompletableFuture<Running> running) {
    Running service = running.getNow(null);
    if (service == null) {
      return Health.down("starting");
    }
    return service.termination().isDone()
        ? Health.down("stopped: " + why(service.termination()))
        : Health.healthy();
  }

  private static String why(Future<Void> termination) {
    try {
      termination.get();
      return "for no reason it gave";
    } catch (ExecutionException e) {
      return OneLineErrors.message(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
