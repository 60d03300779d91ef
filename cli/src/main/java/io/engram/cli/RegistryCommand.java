package io.engram.cli;

import static java.util.Objects.requireNonNull;

import io.engram.cli.RoleProcess.Running;
import io.engram.cli.RoleProcess.Surroundings;
import io.engram.cli.ops.WatchedPart;
import io.engram.cli.pipeline.StopInOrder;
import io.engram.cli.role.RegistrySettings;
import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.http.RegistryHttp;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The registry role. */
@Command(
    name = "registry",
    description =
        "Judges candidates and publishes versions: model-candidates → model-updates. Runs until SIGTERM.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram registry --bootstrap kafka:9092 --config engram.conf",
      "  engram registry repair --bootstrap kafka:9092"
    },
    subcommands = RegistryRepairCommand.class)
final class RegistryCommand implements Callable<Integer> {

  @Mixin private RoleOptions options = new RoleOptions();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    return new RoleProcess("registry", requireNonNull(spec).commandLine().getOut())
        .untilStopped(options.layers(System.getenv()), RegistryCommand::start);
  }

  private static Running start(Surroundings it) {
    RegistryService service =
        RegistryService.start(
            RegistrySettings.read(it.settings(), it.state()),
            it.topics(),
            it.kafka(),
            it.meters(),
            RegistrySettings.examiner(it.settings(), it.topics(), it.kafka()));
    StopInOrder parts = new StopInOrder();
    parts.add(service);
    try {
      Optional<RegistryHttp> http =
          RegistryHttpSettings.start(
              it.settings(),
              it.state(),
              service,
              it.health(),
              it.meters(),
              PageSettings.of(
                  PageSettings.roles(it.settings()), it.settings(), it.topics(), it.kafka()));
      http.ifPresent(parts::add);
      return new Running(
          parts,
          new WatchedPart("the registry", service.termination(), service::headway),
          "running, models at " + RegistryHttpSettings.address(http),
          it.kafka());
    } catch (RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }
}
