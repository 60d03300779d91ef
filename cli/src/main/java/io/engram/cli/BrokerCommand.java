package io.engram.cli;

import static java.util.Objects.requireNonNull;

import io.engram.cli.RoleProcess.Running;
import io.engram.cli.RoleProcess.Surroundings;
import io.engram.cli.ops.WatchedPart;
import io.engram.cli.role.BrokerSettings;
import io.engram.embeddedkafka.EmbeddedKafka;
import io.engram.kafkakit.ClientProperties;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The broker role. */
@Command(
    name = "broker",
    description = "A Kafka broker on loopback, for trying the roles apart. Runs until SIGTERM.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    footerHeading = "%nExamples:%n",
    footer = "  engram broker --state broker-state --set broker.port=9092")
final class BrokerCommand implements Callable<Integer> {

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    return new RoleProcess("broker", requireNonNull(spec).commandLine().getOut())
        .byItselfUntilStopped(options.layers(System.getenv()), BrokerCommand::start);
  }

  private static Running start(Surroundings it) {
    EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.read(it.settings(), it.state()));
    return new Running(
        broker,
        WatchedPart.of("the broker", new CompletableFuture<>()),
        "listening on " + broker.bootstrapServers(),
        ClientProperties.at(broker.bootstrapServers(), Map.of()));
  }
}
