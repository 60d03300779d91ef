package io.engram.cli;

import io.engram.cli.config.Settings;
import io.engram.cli.ops.HealthWatch;
import io.engram.cli.ops.OpsServer;
import io.engram.cli.ops.ProcessMeters;
import io.engram.cli.pipeline.Pipeline;
import io.engram.cli.pipeline.Pipeline.PartFailure;
import io.engram.cli.pipeline.PipelineConfig;
import io.engram.cli.pipeline.StopInOrder;
import io.engram.cli.source.ExampleSource;
import io.engram.cli.state.StateDirectory;
import io.engram.cli.view.RunInfo;
import io.engram.cli.view.RunStatus;
import io.engram.cli.view.View;
import io.engram.cli.view.View.Ending;
import io.engram.kafkakit.ClientProperties;
import io.engram.modelregistry.http.RegistryHttp;
import io.engram.servicekit.health.Health;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** One run: starts everything, shows how it goes, ends when the source does, when it is told to, or when a part fails. */
final class Run {

  private static final long MILLIS_BETWEEN_LOOKS = 500;

  private final Settings settings;
  private final PipelineConfig config;
  private final StateDirectory state;
  private final View view;
  private final PrometheusMeterRegistry meters;
  private final RunShown shown = new RunShown();
  private final boolean stay;
  private volatile Supplier<Health> health = () -> Health.down("starting");

  /**
   * @param stay whether it goes on serving when the source has ended, until it is told to stop
   */
  Run(Settings settings, PipelineConfig config, StateDirectory state, View view, boolean stay) {
    this.stay = stay;
    this.settings = settings;
    this.config = config;
    this.state = state;
    this.meters = ProcessMeters.create(BuildVersion.engram(), state.root());
    this.view = view;
  }

  /**
   * @throws RuntimeException if a part cannot start or fails
   */
  int untilEnd() {
    try (StopSignal signal = StopSignal.install()) {
      Last last;
      try (StopInOrder started = new StopInOrder()) {
        Optional<OpsServer> ops = OpsSettings.start(settings, "run", meters, () -> health.get());
        ops.ifPresent(started::add);
        remarks();
        view.note("starting the broker and the services…");
        Pipeline pipeline = started.add(Pipeline.start(config, meters));
        HealthWatch watch =
            new HealthWatch(
                pipeline.watched(),
                pipeline::brokerGoneSince,
                OpsSettings.patience(settings),
                Clock.systemUTC());
        health = watch::now;
        Optional<RegistryHttp> models =
            RegistryHttpSettings.start(
                settings,
                state,
                pipeline.registry(),
                () -> health.get(),
                meters,
                PageSettings.of(
                    shown,
                    settings,
                    config.topics(),
                    ClientProperties.at(pipeline.bootstrap(), settings.kafka())));
        models.ifPresent(started::add);
        view.note("computing with " + pipeline.engine());
        view.note("page and models at " + RegistryHttpSettings.address(models) + "/");
        models.ifPresent(it -> view.note("look at it in a browser: " + it.uri() + "/"));
        view.started(
            new RunInfo(
                config.stream().source().description(),
                state.root(),
                pipeline.bootstrap(),
                OpsSettings.address(ops),
                pipeline.resumedAt()));
        last = untilEnd(pipeline, watch, signal);
      }
      remarks();
      view.ended(last.status, last.ending);
      if (last.ending == Ending.COMPLETE && last.status.mostlyRejected()) {
        throw new MostlyRejected(last.status);
      }
      return last.ending == Ending.COMPLETE ? ExitCodes.OK : ExitCodes.INTERRUPTED;
    }
  }

  /** What the source has to say. */
  private void remarks() {
    ExampleSource source = config.stream().source();
    for (String remark = source.remark(); remark != null; remark = source.remark()) {
      view.remark(remark);
    }
  }

  private record Last(RunStatus status, Ending ending) {}

  private Last untilEnd(Pipeline pipeline, HealthWatch watch, StopSignal signal) {
    Settling settling = new Settling();
    Ending ending = Ending.INTERRUPTED;
    while (!signal.await(MILLIS_BETWEEN_LOOKS)) {
      watch.look();
      Optional<PartFailure> failure = pipeline.failure();
      if (failure.isPresent()) {
        throw new PartFailed(failure.get(), state.log());
      }
      RunStatus status = pipeline.status();
      shown.see(watch.parts(), pipeline.lag(), config.stream().source().description(), status);
      remarks();
      view.progress(status);
      if (ending == Ending.INTERRUPTED
          && settling.settled(status, pipeline.drained(), pipeline.exhausted())) {
        ending = Ending.COMPLETE;
        if (!stay) {
          return new Last(status, ending);
        }
        view.note("all of it is learned from; staying until Ctrl-C");
      }
    }
    pipeline.stopSource();
    return new Last(pipeline.status(), ending);
  }
}
