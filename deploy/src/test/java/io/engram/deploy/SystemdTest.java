package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.engram.cli.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code deploy/systemd} against systemd, the command line and the image. */
final class SystemdTest {

  private static final String UNIT = "deploy/systemd/engram@.service";
  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "learner", "registry", "predict"})
  void theCommandIsOneOfTheProgramWithTheJvmOfTheImage(String role) {
    List<String> words = Arrays.asList(value("ExecStart").replace("%i", role).split(" ", -1));
    int main = words.indexOf("io.engram.cli.Main");
    String[] command = words.subList(main + 1, words.size()).toArray(String[]::new);
    assertThat(Main.commandLine().parseArgs(command).subcommand().commandSpec().name())
        .isEqualTo(role);
    List<String> image = Dockerfile.read().entrypoint();
    assertThat(image)
        .containsAll(words.subList(1, main + 1).stream().filter(it -> !it.isEmpty()).toList());
  }

  @Test
  void itGivesARoleAsLongToStopAsComposeDoes() {
    assertThat(value("TimeoutStopSec"))
        .isEqualTo(ComposeFile.read().tree().at("/services/ingest/stop_grace_period").asText());
    assertThat(value("SuccessExitStatus")).isEqualTo("143");
    assertThat(value("Environment"))
        .isEqualTo("ENGRAM_STATE_DIR=/var/lib/" + value("StateDirectory"));
  }

  @Test
  void systemdTakesIt() throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(ANALYZE),
        "not run: there is no systemd-analyze here (Debian's package systemd)");
    // It looks for the program as well, which may be another JVM on this machine.
    Path unit = directory.resolve("engram@.service");
    Files.writeString(unit, Repository.text(UNIT).replace("/usr/bin/java", "/bin/true"));
    Process process =
        new ProcessBuilder(ANALYZE.toString(), "verify", "--man=no", unit.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said.lines().filter(it -> it.contains("engram@"))).isEmpty();
  }

  private static String value(String key) {
    return Repository.text(UNIT)
        .lines()
        .filter(it -> it.startsWith(key + "="))
        .findFirst()
        .orElseThrow()
        .substring(key.length() + 1);
  }
}
