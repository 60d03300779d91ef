package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** On the broker role, a process like the others. */
final class RolesApartTest extends RolesApartScenario {

  private static final Pattern LISTENING =
      Pattern.compile("engram broker: listening on (\\S+), metrics at http://127.0.0.1:(\\d+)/");

  private @Nullable ChildProcess broker;

  @Override
  String startKafka(Path directory) {
    ChildProcess started =
        ChildProcess.start(
            "broker",
            ChildProcess.engram(
                "256m",
                List.of(
                    "broker",
                    "--state",
                    directory.resolve("broker").toString(),
                    "--set",
                    "broker.port=0",
                    "--set",
                    "ops.broker-port=0")),
            Map.of(),
            directory);
    broker = started;
    MatchResult line = started.awaitLine(LISTENING);
    int ops = Integer.parseInt(line.group(2));
    assertThat(Http.get(ops, "/health").status()).isEqualTo(200);
    assertThat(new Exposition(Http.get(ops, "/metrics").body()).sum("process_cpu_usage"))
        .isNotNegative();
    return line.group(1);
  }

  @Override
  void stopKafka() {
    try (ChildProcess running = Objects.requireNonNull(broker)) {
      running.terminate();
      assertThat(running.awaitExit(Duration.ofSeconds(40))).isEqualTo(143);
    }
  }
}
