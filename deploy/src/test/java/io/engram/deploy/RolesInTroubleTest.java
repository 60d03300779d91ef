package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.deploy.Http.Answer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a role says when something is wrong that it cannot mend. */
@Timeout(400)
final class RolesInTroubleTest {

  private static final Pattern LISTENING = Pattern.compile("listening on (127\\.0\\.0\\.1:\\d+)");
  private static final Pattern METRICS =
      Pattern.compile("metrics at http://127\\.0\\.0\\.1:(\\d+)/");
  private static final Pattern MODELS = Pattern.compile("models at http://127\\.0\\.0\\.1:(\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path directory;
  private final List<ChildProcess> started = new ArrayList<>();

  RolesInTroubleTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void end() {
    started.forEach(ChildProcess::close);
  }

  @Test
  void aClassThatIsMissingEndsItWithOneLine() {
    String classes =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("rocksdbjni"))
            .collect(Collectors.joining(File.pathSeparator));
    String broker = broker().awaitLine(LISTENING).group(1);
    List<String> command = new ArrayList<>(role("ingest", "128m", broker));
    command.set(command.indexOf("-cp") + 1, classes);

    ChildProcess ingest = start("ingest", command);

    assertThat(ingest.awaitExit(PATIENCE)).isEqualTo(1);
    assertThat(lines(ingest)).singleElement().asString().contains("NoClassDefFoundError");
  }

  @Test
  void memoryThatHasRunOutEndsItWithOneLine() {
    String broker = broker().awaitLine(LISTENING).group(1);

    ChildProcess learner =
        start(
            "learner",
            role(
                "learner",
                "64m",
                broker,
                "learner.network=input(1000) dense(40000) softmax",
                "learner.engine=fused"));

    assertThat(learner.awaitExit(PATIENCE)).isEqualTo(1);
    assertThat(lines(learner)).singleElement().asString().contains("OutOfMemoryError");
  }

  @Test
  void aBrokerThatIsGoneIsSaidByEveryRoleAndOneThatIsBackAsWell() throws Exception {
    ChildProcess broker = broker();
    String bootstrap = broker.awaitLine(LISTENING).group(1);
    ChildProcess registry = start("registry", role("registry", "256m", bootstrap));
    Map<String, ChildProcess> roles =
        Map.of(
            "ingest", start("ingest", role("ingest", "256m", bootstrap)),
            "learner",
                start(
                    "learner",
                    role(
                        "learner",
                        "256m",
                        bootstrap,
                        "learner.network=input(1) dense(40) relu dense(1) mse")),
            "registry", registry);
    List<Integer> ports = new ArrayList<>();
    roles.values().forEach(it -> ports.add(port(it.awaitLine(METRICS))));
    ports.add(port(registry.awaitLine(MODELS)));
    assertHealth(ports, 200, "(?s).*(up|UP).*");
    for (String role : roles.keySet()) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(directory.resolve(role + "-state"))))
          .isEqualTo("rwx------");
    }

    broker.suspend();
    assertHealth(ports, 503, "(?s).*no broker has answered since 20\\S+Z \\(\\d+ s\\).*");
    broker.resume();
    assertHealth(ports, 200, "(?s).*(up|UP).*");
  }

  private static void assertHealth(List<Integer> ports, int status, String body) {
    for (int port : ports) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                Answer answer = Http.get(port, "/health");
                assertThat(answer.body()).matches(body);
                assertThat(answer.status()).isEqualTo(status);
              });
    }
  }

  private ChildProcess broker() {
    return start(
        "broker",
        ChildProcess.engram(
            "256m",
            List.of(
                "broker",
                "--state",
                directory.resolve("broker-state").toString(),
                "--set",
                "broker.port=0",
                "--set",
                "ops.broker-port=off")));
  }

  private List<String> role(String name, String heap, String bootstrap, String... settings) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                name,
                "--bootstrap",
                bootstrap,
                "--state",
                directory.resolve(name + "-state").toString(),
                "--set",
                "ops." + name + "-port=0",
                "--set",
                "registry.http.port=0"));
    for (String setting : settings) {
      arguments.add("--set");
      arguments.add(setting);
    }
    return ChildProcess.engram(heap, arguments);
  }

  private ChildProcess start(String name, List<String> command) {
    ChildProcess process = ChildProcess.start(name, command, Map.of(), directory);
    started.add(process);
    return process;
  }

  /** What the command itself says on the standard error; the rest is the log. */
  private static List<String> lines(ChildProcess process) {
    return process.err().lines().filter(line -> line.startsWith("engram: ")).toList();
  }

  private static int port(MatchResult line) {
    return Integer.parseInt(line.group(1));
  }
}
