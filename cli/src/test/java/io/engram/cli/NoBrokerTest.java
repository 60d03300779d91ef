package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.cli.state.Logging;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands that speak with Kafka, where nothing listens. */
class NoBrokerTest {

  private static final String STATE = "STATE";
  private static final String ROWS = "ROWS";

  private final Path directory;

  NoBrokerTest(@TempDir Path directory) {
    this.directory = directory;
  }

  /** A role has turned the log on; what was counted of it is not for the next test. */
  @AfterEach
  void silence() {
    Logging.off();
  }

  static Stream<List<String>> commands() {
    return Stream.of(
        List.of("ask", "shop", "1,2"),
        List.of("ask", "shop", "--id", "monday", "--label", "3"),
        List.of("topics", "check"),
        List.of("topics", "create"),
        List.of("rejected", "list", "--state", STATE),
        List.of("rejected", "replay", "--state", STATE),
        List.of("forget", "--key", "a", "--state", STATE),
        List.of("registry", "repair", "--state", STATE),
        List.of("adapt", "--support", ROWS, "--predict", ROWS, "--label", "y", "--state", STATE));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void oneLineSaysWhichAddressWhatWasExpectedAndWhatToDo(List<String> command) throws IOException {
    int port = freePort();
    Shell.Outcome outcome = Shell.run(at(port, command));

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(1);
    assertThat(outcome.errorLines()).hasSize(1);
    assertThat(outcome.err())
        .contains("no Kafka broker answered within 0.5 s: 127.0.0.1:" + port)
        .contains("refuses connections")
        .contains("expected one that speaks PLAINTEXT")
        .contains("--bootstrap HOST:PORT");
  }

  @ParameterizedTest
  @MethodSource("roles")
  void aRoleSaysThatItWaitsAndGivesUp(String role) throws IOException {
    int port = freePort();
    Shell.Outcome outcome =
        Shell.run(
            at(port, List.of(role, "--state", STATE, "--set", "ops.%s-port=0".formatted(role))));

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(1);
    assertThat(outcome.err()).contains("no Kafka broker answered within 0.5 s: 127.0.0.1:" + port);
  }

  static Stream<String> roles() {
    return Stream.of("ingest", "learner", "registry", "predict");
  }

  @Test
  void writingTopicsDownNeedsNoBroker() throws IOException {
    assertThat(
            Shell.run(at(freePort(), List.of("topics", "create", "--format", "scripts")))
                .exitCode())
        .isZero();
  }

  private String[] at(int port, List<String> command) throws IOException {
    Path rows = Files.writeString(directory.resolve("rows.csv"), "x,y\n1,2\n2,3\n");
    Stream<String> own =
        command.stream()
            .map(it -> it.equals(STATE) ? directory.resolve("state").toString() : it)
            .map(it -> it.equals(ROWS) ? rows.toString() : it);
    Stream<String> to =
        Arrays.stream(
            new String[] {
              "--bootstrap", "127.0.0.1:" + port, "--set", "kafka.default.api.timeout.ms=500"
            });
    return Stream.concat(own, to).toArray(String[]::new);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
