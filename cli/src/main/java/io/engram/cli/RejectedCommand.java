package io.engram.cli;

import static java.util.Objects.requireNonNull;

import io.engram.cli.config.InvalidSettings;
import io.engram.cli.config.Settings;
import io.engram.cli.forget.Brokers;
import io.engram.cli.rejected.RejectedReport;
import io.engram.cli.role.FixSettings;
import io.engram.cli.role.TopicSettings;
import io.engram.cli.state.StateDirectory;
import io.engram.ingest.kafka.rejected.Fix;
import io.engram.ingest.kafka.rejected.RejectedQueue;
import io.engram.ingest.kafka.rejected.RejectedRecord;
import io.engram.ingest.kafka.rejected.Replay;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The rejected as a queue. */
@Command(
    name = "rejected",
    description = {
      "What was rejected and why, and back to where it came from. Works on the state of an 'engram run' that is stopped, or with "
          + "--bootstrap on brokers that run."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram rejected list --bootstrap broker:9092            reasons with counts and an example",
      "  engram rejected show 0:17 --bootstrap broker:9092       one record: headers, key and value",
      "  engram rejected replay --reason no-key --key everybody  send again, with a key",
      "  engram rejected replay --fix format.conf                send again, read in another format"
    })
final class RejectedCommand implements Runnable {

  private static final String RIGHTS =
      "Brokers that run; without it those of the state directory are started.";

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(requireNonNull(spec).commandLine(), "a command is missing");
  }

  @Command(
      name = "list",
      description =
          "The reasons, the commonest first: how many records, how many wait for a replay, when the first and the last came, an example.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin ConfigOptions options,
      @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = RIGHTS)
          @Nullable String bootstrap,
      @Option(names = "--json", description = "Print JSON lines.") boolean json) {
    Settings settings = Settings.load(options.layers(System.getenv()));
    try (Brokers brokers = brokers(settings, bootstrap)) {
      report(json)
          .reasons(
              new RejectedQueue(brokers.kafka(), TopicSettings.read(settings))
                  .reasons(attempts(settings)));
    }
    return ExitCodes.OK;
  }

  @Command(
      name = "show",
      description =
          "One record with its headers, key and value; bytes that are not printable as \\xNN.",
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "PARTITION:OFFSET", description = "Where it stands, as list says.")
          String position,
      @Mixin ConfigOptions options,
      @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = RIGHTS)
          @Nullable String bootstrap,
      @Option(
              names = "--bytes",
              defaultValue = "2000",
              description = "Bytes of key and value that are shown (default: ${DEFAULT-VALUE}).")
          int bytes,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    Settings settings = Settings.load(options.layers(System.getenv()));
    try (Brokers brokers = brokers(settings, bootstrap)) {
      report(json).record(find(brokers, settings, position), bytes);
    }
    return ExitCodes.OK;
  }

  @Command(
      name = "replay",
      description = {
        "Sends records again to the topic they came from, each once, with the number of their attempts in the header engram.attempt. "
            + "What was tried ingest.rejected.attempts times stays."
      },
      mixinStandardHelpOptions = true)
  int replay(
      @Mixin ConfigOptions options,
      @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = RIGHTS)
          @Nullable String bootstrap,
      @Option(
              names = "--reason",
              description = "Those of one reason (default: all but duplicates).")
          @Nullable String reason,
      @Option(
              names = "--at",
              paramLabel = "PARTITION:OFFSET",
              description = "This one alone, replayed before or not.")
          @Nullable String at,
      @Option(names = "--key", description = "Send them with this key.") @Nullable String key,
      @Option(
              names = "--fix",
              paramLabel = "FILE",
              description =
                  "Configuration whose ingest.examples.format reads them; they are sent as Avro.")
          @Nullable Path fix,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    Settings settings = Settings.load(options.layers(System.getenv()));
    Fix fixing = FixSettings.read(options.layers(System.getenv()), fix, key);
    try (Brokers brokers = brokers(settings, bootstrap)) {
      Replay replay =
          new Replay(brokers.kafka(), TopicSettings.read(settings), attempts(settings), fixing);
      report(json)
          .replayed(
              at == null
                  ? replay.all(Optional.ofNullable(reason))
                  : replay.one(find(brokers, settings, at)));
    }
    return ExitCodes.OK;
  }

  private static RejectedRecord find(Brokers brokers, Settings settings, String position) {
    RejectedRecord.Position where;
    try {
      where = RejectedRecord.Position.parse(position);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettings(String.valueOf(e.getMessage()));
    }
    return new RejectedQueue(brokers.kafka(), TopicSettings.read(settings))
        .at(where)
        .orElseThrow(
            () ->
                new InvalidSettings(
                    "no rejected record stands at %s; 'engram rejected list' names some"
                        .formatted(where)));
  }

  private static Brokers brokers(Settings settings, @Nullable String bootstrap) {
    return bootstrap == null
        ? Brokers.of(StateDirectory.open(settings.top().path("state-dir")), settings)
        : Brokers.at(bootstrap, settings);
  }

  private static int attempts(Settings settings) {
    return settings.section("ingest").section("rejected").integer("attempts");
  }

  private RejectedReport report(boolean json) {
    return new RejectedReport(requireNonNull(spec).commandLine().getOut(), json);
  }
}
