package io.engram.cli;

import static java.util.Objects.requireNonNull;

import io.engram.cli.config.Settings;
import io.engram.cli.role.ExampleTopics;
import io.engram.cli.role.RoleRights;
import io.engram.cli.role.RoleRights.Right;
import io.engram.cli.role.RoleTopics;
import io.engram.cli.role.TopicSettings;
import io.engram.cli.topics.Finding;
import io.engram.cli.topics.TopicRounds;
import io.engram.cli.topics.WritingOptions;
import io.engram.kafkakit.NeededTopic;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The topics that the roles need, and the rights they need on them. */
@Command(
    name = "topics",
    description = "The topics that the roles need on your brokers, and the rights to use them.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram topics check --bootstrap broker:9092            exit code 1 if one is not as it must be",
      "  engram topics create --bootstrap broker:9092",
      "  engram topics create --format strimzi --cluster kafka  as KafkaTopic resources",
      "  engram topics acls --role ingest --format scripts"
    })
final class TopicsCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(requireNonNull(spec).commandLine(), "a command is missing");
  }

  @Command(
      name = "create",
      description =
          "Creates the topics that are absent, and checks those that are there. With --format it writes down what it would create.",
      mixinStandardHelpOptions = true)
  int create(@Mixin RoleOptions options, @Mixin WritingOptions writing) {
    Settings settings = Settings.load(options.layers(System.getenv()));
    RoleTopics wanted = RoleTopics.of(settings);
    if (writing.isText()) {
      return said(new TopicRounds(wanted, RoleProcess.cluster(settings)).create());
    }
    return printed(
        writing
            .writing(settings.top().text("bootstrap"))
            .topics(NeededTopic.topics(wanted.planned())));
  }

  @Command(
      name = "check",
      description = "Compares the topics with what the roles need, one line each; changes nothing.",
      mixinStandardHelpOptions = true)
  int check(@Mixin RoleOptions options) {
    Settings settings = Settings.load(options.layers(System.getenv()));
    return said(new TopicRounds(RoleTopics.of(settings), RoleProcess.cluster(settings)).check());
  }

  @Command(
      name = "acls",
      description = "Prints the rights that each role needs where Kafka knows its users.",
      mixinStandardHelpOptions = true)
  int acls(
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              description = "ingest, learner, registry, predict or program; without it all.")
          @Nullable String role,
      @Mixin RoleOptions options,
      @Mixin WritingOptions writing) {
    Settings settings = Settings.load(options.layers(System.getenv()));
    Map<String, List<Right>> rights =
        RoleRights.of(TopicSettings.read(settings), ExampleTopics.read(settings).keySet()).stream()
            .filter(it -> role == null || it.role().equals(role))
            .collect(Collectors.groupingBy(Right::role, LinkedHashMap::new, Collectors.toList()));
    if (rights.isEmpty()) {
      throw new ParameterException(
          requireNonNull(spec).commandLine(),
          "no role '%s'; ingest, learner, registry, predict and program have rights"
              .formatted(role));
    }
    return printed(
        rights.entrySet().stream()
            .map(
                it ->
                    writing.isText()
                        ? lines(it.getValue())
                        : writing
                            .writing(settings.top().text("bootstrap"))
                            .rights(it.getKey(), it.getValue()))
            .collect(Collectors.joining()));
  }

  private static String lines(List<Right> rights) {
    return rights.stream()
        .map(
            it ->
                "| %s | %s | `%s` | %s |%n"
                    .formatted(
                        it.role(), it.resource(), it.pattern(), String.join(", ", it.operations())))
        .collect(Collectors.joining());
  }

  private int said(List<Finding> findings) {
    printed(
        findings.stream()
            .map(it -> it.line() + System.lineSeparator())
            .collect(Collectors.joining()));
    return findings.stream().anyMatch(Finding::wrong) ? ExitCodes.FAILURE : ExitCodes.OK;
  }

  private int printed(String text) {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    out.print(text);
    out.flush();
    return ExitCodes.OK;
  }
}
