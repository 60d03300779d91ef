package io.engram.cli;

import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.ops.Failures;
import io.engram.cli.ops.HealthWatch;
import io.engram.cli.ops.OpsServer;
import io.engram.cli.ops.ProcessMeters;
import io.engram.cli.ops.WatchedPart;
import io.engram.cli.pipeline.StopInOrder;
import io.engram.cli.role.TopicSettings;
import io.engram.cli.state.Logging;
import io.engram.cli.state.StateDirectory;
import io.engram.kafkakit.ClientProperties;
import io.engram.kafkakit.ClusterWatch;
import io.engram.kafkakit.Doorbell;
import io.engram.kafkakit.NoBrokerException;
import io.engram.schemas.Topics;
import io.engram.servicekit.health.Health;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One role as a process of its own: it runs until it is told to stop or fails. */
final class RoleProcess {

  private static final Logger LOG = LoggerFactory.getLogger(RoleProcess.class);
  private static final long MILLIS_BETWEEN_LOOKS = 500;

  /** A minute in all. */
  private static final int RINGS = 6;

  private final String role;
  private final PrintWriter out;

  RoleProcess(String role, PrintWriter out) {
    this.role = role;
    this.out = out;
  }

  /**
   * What a role needs to start.
   *
   * @param health what the role's process says of it
   */
  record Surroundings(
      Settings settings,
      StateDirectory state,
      Topics topics,
      Map<String, Object> kafka,
      MeterRegistry meters,
      Supplier<Health> health) {}

  /**
   * A role that runs.
   *
   * @param part what is watched of it
   * @param detail one line for people
   * @param cluster properties for clients of the brokers that it needs
   */
  record Running(
      AutoCloseable service, WatchedPart part, String detail, Map<String, Object> cluster) {}

  /** How a role is started. */
  interface Start {
    Running start(Surroundings surroundings);
  }

  /** A role on brokers, which are waited for. */
  int untilStopped(Layers layers, Start start) {
    return untilStopped(layers, start, RoleProcess::awaitBrokers);
  }

  /** The broker itself. */
  int byItselfUntilStopped(Layers layers, Start start) {
    return untilStopped(layers, start, (kafka, signal) -> {});
  }

  private int untilStopped(
      Layers layers, Start start, BiConsumer<Map<String, Object>, StopSignal> before) {
    Settings settings = Settings.load(layers);
    StateDirectory state = StateDirectory.open(settings.top().path("state-dir"));
    Logging.toConsole(LogSettings.read(settings));
    PrometheusMeterRegistry meters = ProcessMeters.create(BuildVersion.engram(), state.root());
    CompletableFuture<HealthWatch> watching = new CompletableFuture<>();
    Supplier<Health> health =
        () -> watching.isDone() ? watching.join().now() : Health.down("starting");
    try (StopSignal signal = StopSignal.install();
        StopInOrder started = new StopInOrder()) {
      Optional<OpsServer> ops = OpsSettings.start(settings, role, meters, health);
      ops.ifPresent(started::add);
      Map<String, Object> kafka = kafka(settings);
      before.accept(kafka, signal);
      Running service =
          start.start(
              new Surroundings(
                  settings, state, TopicSettings.read(settings), kafka, meters, health));
      started.add(service.service());
      ClusterWatch cluster = started.add(ClusterWatch.start(service.cluster()));
      HealthWatch watch =
          new HealthWatch(
              List.of(service.part()),
              cluster::goneSince,
              OpsSettings.patience(settings),
              Clock.systemUTC());
      watching.complete(watch);
      out.println(
          "engram %s: %s, metrics at %s"
              .formatted(role, service.detail(), OpsSettings.address(ops)));
      out.flush();
      while (!signal.await(MILLIS_BETWEEN_LOOKS)) {
        watch.look();
        if (service.part().termination().isDone()) {
          throw new IllegalStateException(
              "the %s has stopped: %s".formatted(role, why(service.part().termination())));
        }
      }
      return ExitCodes.INTERRUPTED;
    }
  }

  /**
   * Properties for clients of the cluster that a command works on, which has answered.
   *
   * @throws io.engram.kafkakit.NoBrokerException if it does not
   */
  static Map<String, Object> cluster(Settings settings) {
    Map<String, Object> kafka = kafka(settings);
    Doorbell.ring(kafka);
    return kafka;
  }

  private static Map<String, Object> kafka(Settings settings) {
    return ClientProperties.at(settings.top().text("bootstrap"), settings.kafka());
  }

  /** Under a supervisor everything starts at once, and the brokers are the slowest: a role says soon that it waits for them. */
  private static void awaitBrokers(Map<String, Object> kafka, StopSignal signal) {
    for (int left = RINGS - 1; left >= 0; left--) {
      try {
        Doorbell.ring(kafka);
        return;
      } catch (NoBrokerException e) {
        if (left == 0 || signal.await(0)) {
          throw e;
        }
        LOG.warn("{}. Trying {} times more", e.getMessage(), left);
      }
    }
  }

  private static String why(Future<Void> termination) {
    try {
      termination.get();
      return "for no reason it gave";
    } catch (ExecutionException e) {
      return Failures.inOneLine(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
