package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ParseResult;

/** {@code deploy/systemd} against systemd, where it is there, and the program. */
final class SystemdTest {

  private static final String UNIT = "deploy/systemd/engram@.service";
  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

  @Test
  void theCommandIsOneOfTheProgramForEveryRole() {
    for (ComposeFile.Service role : ComposeFile.read().roles()) {
      List<String> command =
          Arrays.asList(value("ExecStart").replace("%i", role.name()).split(" ", -1));
      int main = command.indexOf(Main.class.getName());
      ParseResult parsed =
          Main.commandLine()
              .parseArgs(command.subList(main + 1, command.size()).toArray(String[]::new));
      assertThat(parsed.subcommand().commandSpec().name()).isEqualTo(role.name());
      assertThat(parsed.subcommand().matchedOptionValue("--state", "").toString())
          .isEqualTo("/var/lib/engram/%s/state".formatted(role.name()));
    }
    List<String> image = Dockerfile.read().entrypoint();
    String classPath = image.get(image.indexOf("-cp") + 1);
    assertThat(value("ExecStart")).contains(" -cp " + classPath + " ");
    assertThat(value("TimeoutStopSec") + "s")
        .isEqualTo(ComposeFile.read().tree().at("/services/ingest/stop_grace_period").asText());
  }

  @Test
  void systemdTakesIt(@TempDir Path directory) throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.isExecutable(ANALYZE), "no systemd-analyze here: not run");
    Path unit = directory.resolve("engram@ingest.service");
    // Whether Java is at this path here is not asked.
    Files.writeString(unit, Repository.text(UNIT).replace("/usr/bin/java", "/usr/bin/env"));
    Process process =
        new ProcessBuilder(ANALYZE.toString(), "verify", unit.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("said").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(
            Files.readString(directory.resolve("said"))
                .lines()
                .filter(it -> it.contains("engram@")))
        .isEmpty();
  }

  private static String value(String key) {
    return Repository.text(UNIT)
        .lines()
        .filter(it -> it.startsWith(key + "="))
        .map(it -> it.substring(key.length() + 1))
        .findFirst()
        .orElseThrow();
  }
}
