package io.engram.cli;

import static java.util.Objects.requireNonNull;

import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.pipeline.PipelineConfig;
import io.engram.cli.source.ExampleSource;
import io.engram.cli.state.LogStyle;
import io.engram.cli.state.Logging;
import io.engram.cli.state.StateDirectory;
import io.engram.cli.view.JsonView;
import io.engram.cli.view.LiveView;
import io.engram.cli.view.PlainView;
import io.engram.cli.view.View;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everything in one process. */
@Command(
    name = "run",
    description = {
      "Starts a broker, ingest, learner, registry and a subscriber in this process and learns from a stream. "
          + "Ctrl-C stops; the next start goes on from there."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram run --tasks 3000",
      "  engram run --source omniglot --data DIR --ways 5 --shots 1 --tasks 2000 --json",
      "  engram run --source csv --file air.csv --key station --label PM2.5 --ignore No,wd --regression",
      "  tail -n +1 -f rows.csv | engram run --source csv --file - --key user --label kind --classification"
    })
final class RunCommand implements Callable<Integer> {

  /** Set by the launcher, since only newer JDKs can tell whether the output is a terminal. */
  private static final String TERMINAL = "engram.terminal";

  @Mixin private SourceOptions source = new SourceOptions();
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--json",
      description = "Print JSON lines; the last one of a finite stream is its summary.")
  private boolean json;

  @Option(
      names = "--stay",
      description = "When a finite stream is learned from, keep serving its model until Ctrl-C.")
  private boolean stay;

  @Override
  public Integer call() {
    Layers layers = source.over(config.layers(System.getenv()));
    Settings first = RunSettings.withPreset(layers);
    LogStyle style = LogSettings.read(first);
    StateDirectory state = StateDirectory.open(first.top().path("state-dir"));
    try (View view = view()) {
      Logging.toFile(state.log(), !(view instanceof LiveView), style);
      RunSettings run = RunSettings.load(layers, System.in, view::note);
      try (ExampleSource stream = run.opened().source()) {
        state.requireStream(stream.identity());
        Settings settings = run.settings();
        return new Run(settings, PipelineConfig.read(settings, state, stream), state, view, stay)
            .untilEnd();
      }
    }
  }

  private PrintWriter out() {
    return requireNonNull(spec).commandLine().getOut();
  }

  private View view() {
    if (json) {
      return new JsonView(out());
    }
    if (Boolean.getBoolean(TERMINAL)) {
      try {
        return LiveView.ofSystem();
      } catch (IOException | IllegalStateException e) {
        return new PlainView(out()); // no terminal that could be redrawn
      }
    }
    return new PlainView(out());
  }
}
