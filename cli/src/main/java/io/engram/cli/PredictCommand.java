package io.engram.cli;

import static java.util.Objects.requireNonNull;

import io.engram.cli.RoleProcess.Running;
import io.engram.cli.RoleProcess.Surroundings;
import io.engram.cli.ops.WatchedPart;
import io.engram.cli.role.PredictSettings;
import io.engram.learner.rocksdb.NativeCode;
import io.engram.predict.PredictService;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The role that answers. */
@Command(
    name = "predict",
    description =
        "Answers examples without a label, and scores the answers when their labels come: examples, labels → predictions. Runs until SIGTERM.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    footerHeading = "%nExamples:%n",
    footer = "  engram predict --bootstrap kafka:9092 --config engram.conf")
final class PredictCommand implements Callable<Integer> {

  @Mixin private RoleOptions options = new RoleOptions();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    return new RoleProcess("predict", requireNonNull(spec).commandLine().getOut())
        .untilStopped(options.layers(System.getenv()), PredictCommand::start);
  }

  private static Running start(Surroundings it) {
    // Kafka Streams would unpack it in the directory for temporary files, anew at each start.
    NativeCode.loadBeside(it.state().predict());
    PredictService service =
        PredictService.start(
            PredictSettings.read(it.settings(), it.state()), it.topics(), it.kafka(), it.meters());
    return new Running(
        service,
        new WatchedPart("predict", service.termination(), service::headway, service::waitingFor),
        "running",
        it.kafka());
  }
}
