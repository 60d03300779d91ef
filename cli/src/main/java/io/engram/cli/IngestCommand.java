package io.engram.cli;

import static java.util.Objects.requireNonNull;

import io.engram.cli.RoleProcess.Running;
import io.engram.cli.RoleProcess.Surroundings;
import io.engram.cli.ops.WatchedPart;
import io.engram.cli.role.IngestSettings;
import io.engram.ingest.IngestService;
import io.engram.learner.rocksdb.NativeCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The ingest role. */
@Command(
    name = "ingest",
    description = "Groups labeled examples into tasks: examples → tasks. Runs until SIGTERM.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    footerHeading = "%nExamples:%n",
    footer = "  engram ingest --bootstrap kafka:9092 --config engram.conf")
final class IngestCommand implements Callable<Integer> {

  @Mixin private RoleOptions options = new RoleOptions();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    return new RoleProcess("ingest", requireNonNull(spec).commandLine().getOut())
        .untilStopped(options.layers(System.getenv()), IngestCommand::start);
  }

  private static Running start(Surroundings it) {
    // Kafka Streams would unpack it in the directory for temporary files, anew at each start.
    NativeCode.loadBeside(it.state().ingest());
    IngestService service =
        IngestService.start(
            IngestSettings.read(it.settings(), it.state()), it.topics(), it.kafka(), it.meters());
    return new Running(
        service,
        new WatchedPart("ingest", service.termination(), service::headway, service::waitingFor),
        "running",
        it.kafka());
  }
}
