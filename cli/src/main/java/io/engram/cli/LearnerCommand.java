package io.engram.cli;

import static java.util.Objects.requireNonNull;

import io.engram.cli.RoleProcess.Running;
import io.engram.cli.RoleProcess.Surroundings;
import io.engram.cli.ops.WatchedPart;
import io.engram.cli.role.LearnerSettings;
import io.engram.cli.role.SigningSettings;
import io.engram.learner.LearnerService;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The learner role. */
@Command(
    name = "learner",
    description =
        "Learns from tasks and publishes candidates: tasks → model-candidates. Runs until SIGTERM.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram learner --bootstrap kafka:9092 --config engram.conf",
      "  engram learner backup backups/monday",
      "  engram learner restore backups/monday"
    },
    subcommands = {BackupCommand.class, RestoreCommand.class})
final class LearnerCommand implements Callable<Integer> {

  @Mixin private RoleOptions options = new RoleOptions();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    return new RoleProcess("learner", requireNonNull(spec).commandLine().getOut())
        .untilStopped(options.layers(System.getenv()), LearnerCommand::start);
  }

  private static Running start(Surroundings it) {
    LearnerService service =
        LearnerService.start(
            LearnerSettings.read(it.settings(), it.state()),
            it.topics(),
            it.kafka(),
            it.meters(),
            SigningSettings.read(it.settings()).learner());
    return new Running(
        service,
        new WatchedPart("the learner", service.termination(), service::headway),
        "running",
        it.kafka());
  }
}
