package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.cli.Shell.Outcome;
import io.engram.cli.config.Layers;
import io.engram.engine.Engines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class CommandLineTest {

  private final Path directory;
  private final String state;

  CommandLineTest(@TempDir Path directory) {
    this.directory = directory;
    this.state = directory.resolve("state").toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "broker",
        "ingest",
        "learner",
        "registry",
        "models",
        "config",
        "engines",
        "taste"
      })
  void everyCommandExplainsItselfWithExamples(String command) {
    Outcome outcome = Shell.run(command, "--help");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("Usage: engram " + command).contains("Examples:");
  }

  @Test
  void theRootListsCommandsAndExitCodes() {
    assertThat(Shell.run("--help").out()).contains("Exit codes:", "generate-completion", "130");
    assertThat(Shell.run("--version").out()).contains("Engram ").contains("Java ");
  }

  @Test
  void aWrongCommandLineGivesTheExitCodeOfUsageAndAHint() {
    Outcome wrongCommand = Shell.run("rum");
    assertThat(wrongCommand.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(wrongCommand.err()).contains("'rum'").contains("run");
    Outcome wrongOption = Shell.run("run", "--taks", "3");
    assertThat(wrongOption.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(wrongOption.err()).contains("--taks").contains("--tasks");
    assertThat(Shell.run().exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(Shell.run("run", "--classification", "--regression").exitCode())
        .isEqualTo(ExitCodes.USAGE);
  }

  @Test
  void namedOptionsAreKeysOfTheConfiguration() {
    SourceOptions options = new SourceOptions();
    new CommandLine(options)
        .parseArgs(
            "--source",
            "csv",
            "--file",
            "-",
            "--key",
            "k",
            "--label",
            "l",
            "--ignore",
            "a,b",
            "--regression",
            "--missing",
            "mean",
            "--tasks",
            "9",
            "--seed",
            "4",
            "--download");
    Map<String, Layers.Option> set = options.over(Layers.none()).options();
    assertThat(set)
        .containsEntry("source.kind", new Layers.Option("--source", "csv"))
        .containsEntry("source.csv.file", new Layers.Option("--file", "-"))
        .containsEntry("source.csv.ignore", new Layers.Option("--ignore", "a,b"))
        .containsEntry("source.csv.kind", new Layers.Option("--regression", "regression"))
        .containsEntry("source.omniglot.download", new Layers.Option("--download", "true"))
        .containsEntry("seed", new Layers.Option("--seed", "4"))
        .hasSize(10);
  }

  @Test
  void configShowsValuesWithTheirOrigins() {
    Outcome outcome = Shell.run("config", "--source", "omniglot", "--set", "learner.replay=9");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .containsPattern("learner\\.replay = 9 +# --set learner\\.replay")
        .containsPattern("source\\.shots = 1 +# preset omniglot")
        .containsPattern("learner\\.window = 200 +# default");
    assertThat(Shell.run("config", "--reference").out()).contains("# Every key of Engram's");
  }

  @Test
  void anUnknownKeyIsOneLine() {
    Outcome outcome = Shell.engramRun("--state", state, "--set", "learner.meta-stp=1");
    assertThat(outcome.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(outcome.errorLines())
        .containsExactly(
            "engram: unknown key 'learner.meta-stp' (--set learner.meta-stp); did you mean 'learner.meta-step'?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "learner.meta-step=-1",
        "learner.algorithm=magic",
        "learner.engine=warp",
        "learner.engine-threads=-1",
        "learner.network=input(2)",
        "learner.group-size=0",
        "learner.scoring=hopeful",
        "ingest.grouping.size=1",
        "ingest.split.support-fraction=2",
        "broker.port=70000",
        "registry.promotion=perhaps",
        "registry.retention.newest=0",
        "source.tasks=0",
        "source.batch=0",
        "source.kind=radio",
        "ops.run-port=-3",
        "topic-prefix=a b"
      })
  void aValueThatIsNotAllowedIsOneLineWithItsKeyAndOrigin(String assignment) {
    Outcome outcome = Shell.engramRun("--state", state, "--set", assignment);
    assertThat(outcome.exitCode()).isEqualTo(ExitCodes.USAGE);
    String key = assignment.substring(0, assignment.indexOf('='));
    assertThat(outcome.errorLines()).hasSize(1);
    assertThat(outcome.err()).contains("engram: " + key + " (--set " + key + ")");
  }

  @Test
  void aWrongEngineNamesThoseThereAreAndTheNearest() {
    assertThat(Shell.engramRun("--state", state, "--engine", "fussed").errorLines())
        .containsExactly(
            "engram: learner.engine (--engine): found 'fussed', expected one of %s; did you mean 'fused'?"
                .formatted(String.join(", ", Engines.names())));
    assertThat(Shell.run("config", "--set", "learner.engine=cuda").out())
        .containsPattern("learner\\.engine = cuda +# --set learner\\.engine");
  }

  @Test
  void missingDataIsOneLine() {
    Outcome noDirectory = Shell.engramRun("--state", state, "--source", "omniglot");
    assertThat(noDirectory.exitCode()).isNotZero();
    assertThat(noDirectory.errorLines()).hasSize(1);
    assertThat(noDirectory.err()).contains("--data DIR");
    Outcome empty =
        Shell.engramRun("--state", state, "--source", "omniglot", "--data", directory.toString());
    assertThat(empty.exitCode()).isEqualTo(ExitCodes.FAILURE);
    assertThat(empty.errorLines()).hasSize(1);
    assertThat(empty.err()).contains("images_background.zip");
    Outcome noFile = Shell.engramRun("--state", state, "--source", "csv");
    assertThat(noFile.errorLines()).hasSize(1);
    assertThat(noFile.err()).contains("--file FILE");
  }

  @Test
  void aStateDirectoryThatCannotBeWrittenIsOneLine() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    Outcome outcome = Shell.engramRun("--state", file.resolve("state").toString());
    assertThat(outcome.exitCode()).isEqualTo(ExitCodes.FAILURE);
    assertThat(outcome.errorLines()).hasSize(1);
    assertThat(outcome.err()).contains("cannot write to the state directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"broker.port", "ops.run-port"})
  void aBusyPortIsOneLine(String key) throws IOException {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(busy.getLocalPort());
      Outcome outcome = Shell.engramRun("--state", state, "--set", key + "=" + port);
      assertThat(outcome.exitCode()).isEqualTo(ExitCodes.FAILURE);
      assertThat(outcome.errorLines()).hasSize(1);
      assertThat(outcome.err()).contains("127.0.0.1:" + port);
    }
  }
}
