package io.engram.cli;

import static java.util.Objects.requireNonNull;

import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.feed.FeedConfig;
import io.engram.cli.feed.Pace;
import io.engram.cli.feed.SourceFeed;
import io.engram.cli.feed.kafka.KafkaFeedLog;
import io.engram.cli.feed.kafka.SourceSeal;
import io.engram.cli.role.SourceSettings;
import io.engram.cli.role.TopicSettings;
import io.engram.cli.source.ExampleSource;
import io.engram.cli.state.Logging;
import io.engram.cli.state.StateDirectory;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends a source to a broker: a producer to try roles with that run apart. */
@Command(
    name = "feed",
    description =
        "Sends the examples of a source to a broker, at a steady pace: source → examples. Runs until the source ends, or SIGTERM; the next start goes on from there.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram feed --bootstrap kafka:9092 --rate 200",
      "  engram feed --bootstrap kafka:9092 --source csv --file air.csv --key station --label PM2.5"
    })
final class FeedCommand implements Callable<Integer> {

  private static final long MILLIS_BETWEEN_LOOKS = 500;

  @Mixin private RoleOptions options = new RoleOptions();
  @Mixin private SourceOptions source = new SourceOptions();

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "200",
      description = "Examples a second (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Override
  public Integer call() {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    Layers layers = source.over(options.layers(System.getenv()));
    StateDirectory state =
        StateDirectory.open(RunSettings.withPreset(layers).top().path("state-dir"));
    RunSettings run = RunSettings.load(layers, System.in, out::println);
    Logging.toConsole(LogSettings.read(run.settings()));
    try (StopSignal signal = StopSignal.install();
        ExampleSource stream = run.opened().source()) {
      state.requireStream(stream.identity());
      stream.remember(state.root());
      state.rememberStream(stream.identity());
      try (SourceFeed feed = start(run.settings(), state, stream)) {
        out.printf("engram feed: %s, %,d examples a second%n", stream.description(), rate);
        out.flush();
        return untilEnd(feed, signal);
      }
    }
  }

  private SourceFeed start(Settings settings, StateDirectory state, ExampleSource stream) {
    FeedConfig said = SourceSettings.feed(settings);
    Pace pace = new Pace(rate, said.batch(), System::nanoTime);
    KafkaFeedLog log =
        KafkaFeedLog.open(
            TopicSettings.read(settings),
            RoleProcess.cluster(settings),
            SourceSeal.at(state.root().resolve("keys").resolve("source")));
    // Never ahead of what the pace has let go by, which takes the place of what was consumed.
    FeedConfig config = new FeedConfig(pace.batch(), pace.batch(), said.closeAtEnd());
    return SourceFeed.start(stream, config, log, pace.from(log.next()));
  }

  private static int untilEnd(SourceFeed feed, StopSignal signal) {
    while (!feed.termination().isDone()) {
      if (signal.await(MILLIS_BETWEEN_LOOKS)) {
        return ExitCodes.INTERRUPTED;
      }
    }
    feed.termination().join();
    return ExitCodes.OK;
  }
}
