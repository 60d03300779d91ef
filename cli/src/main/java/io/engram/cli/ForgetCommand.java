package io.engram.cli;

import static java.util.Objects.requireNonNull;

import io.engram.cli.config.Settings;
import io.engram.cli.forget.Brokers;
import io.engram.cli.forget.FileSearch;
import io.engram.cli.forget.ForgetReport;
import io.engram.cli.forget.Needle;
import io.engram.cli.forget.StateFiles;
import io.engram.cli.role.ExampleTopics;
import io.engram.cli.role.TopicSettings;
import io.engram.cli.state.StateDirectory;
import io.engram.ingest.kafka.forget.Findings;
import io.engram.ingest.kafka.forget.KeyRemoval;
import io.engram.ingest.kafka.forget.TopicSearch;
import io.engram.predict.kafka.PredictForgetting;
import io.engram.schemas.Topics;
import io.engram.schemas.avro.Forgetting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A task key forgotten on purpose. */
@Command(
    name = "forget",
    description = {
      "Forgets a task key: takes all that is its own out of the topics and stores, refuses what still comes of it, and has the learner "
          + "learn again from what is left. Works on the state of an 'engram run' that is stopped, or with --bootstrap on a cluster "
          + "whose ingest and learner are stopped."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram forget --key tenant-42 --dry-run        what it holds, and what it costs",
      "  engram forget --key tenant-42",
      "  engram forget --key tenant-42 --verify         is anything left? exit code 1 if so",
      "  engram forget --key tenant-42 --bootstrap broker:9092 --state /var/lib/engram"
    })
final class ForgetCommand implements Callable<Integer> {

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(names = "--key", paramLabel = "KEY", description = "The task key.")
  private @Nullable String key;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Brokers of a cluster; without it those of the state directory are started.")
  private @Nullable String bootstrap;

  @Option(names = "--dry-run", description = "Say what is found and what it costs; change nothing.")
  private boolean dryRun;

  @Option(
      names = "--verify",
      description = "Look for the key in every topic and every file of the state directory.")
  private boolean verify;

  @Option(
      names = "--also",
      paramLabel = "DIR",
      description = "With --verify: look there too, for example into backups. May be repeated.")
  private List<Path> also = new ArrayList<>();

  @Option(
      names = "--finish",
      description = "End a forgetting that was cut short, and nothing else; needs no key.")
  private boolean finish;

  @Option(names = "--json", description = "Print JSON lines.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (!finish && (key == null || key.isEmpty())) {
      throw new ParameterException(
          requireNonNull(spec).commandLine(), "which key? name it with --key KEY");
    }
    Settings settings = Settings.load(options.layers(System.getenv()));
    if (!verify) {
      ExampleTopics.requireForgettable(settings);
    }
    StateDirectory state = StateDirectory.open(settings.top().path("state-dir"));
    Topics topics = TopicSettings.read(settings);
    ForgetReport report = new ForgetReport(requireNonNull(spec).commandLine().getOut(), json);
    try (Brokers brokers =
            bootstrap == null ? Brokers.of(state, settings) : Brokers.at(bootstrap, settings);
        KeyRemoval removal =
            KeyRemoval.open(brokers.kafka(), topics, List.of(PredictForgetting.of(topics)))) {
      return verify && key != null
          ? verify(key, brokers, state, report)
          : forget(removal, brokers, state, report);
    }
  }

  private int forget(
      KeyRemoval removal, Brokers brokers, StateDirectory state, ForgetReport report) {
    StateFiles files = new StateFiles(state);
    if (!dryRun) {
      removal.requireStopped(brokers.alone());
      Optional<Forgetting> cutShort = removal.finish();
      cutShort.ifPresent(
          it -> {
            files.deleteStores();
            report.finished(it);
          });
    }
    if (!finish && key != null) {
      Findings findings = removal.look(key);
      report.found(findings);
      if (dryRun) {
        return ExitCodes.OK;
      }
      Forgetting forgotten = removal.forget(key, findings);
      if (findings.mayBeLearned()) {
        files.deleteStores();
      }
      files.cleanLogs(Needle.of(key));
      report.done(forgotten, findings.mayBeLearned());
    }
    if (brokers.alone()) {
      files.awaitDeletedTopics();
    }
    return ExitCodes.OK;
  }

  private int verify(String wanted, Brokers brokers, StateDirectory state, ForgetReport report) {
    Needle needle = Needle.of(wanted);
    List<TopicSearch.Place> topics = new TopicSearch(brokers.kafka()).places(needle::in);
    List<Path> files = new ArrayList<>(FileSearch.files(state.root(), needle));
    also.forEach(directory -> files.addAll(FileSearch.files(directory, needle)));
    report.verified(topics, files);
    return topics.isEmpty() && files.isEmpty() ? ExitCodes.OK : ExitCodes.FAILURE;
  }
}
