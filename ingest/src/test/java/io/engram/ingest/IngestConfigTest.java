package io.engram.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.ingest.domain.ExampleRules;
import io.engram.ingest.domain.GroupingRules;
import io.engram.ingest.domain.IngestRules;
import io.engram.ingest.domain.RejectionRules;
import io.engram.ingest.domain.SplitRules;
import io.engram.ingest.domain.TargetKind;
import io.engram.ingest.format.FormatChoice;
import io.engram.ingest.kafka.StreamsRun;
import io.engram.ingest.kafka.TopicLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class IngestConfigTest {

  @Test
  void theDefaults() {
    IngestConfig config = IngestConfig.defaults(Path.of("state"));
    assertThat(config)
        .isEqualTo(
            new IngestConfig(
                new StreamsRun(
                    Path.of("state"),
                    "auto",
                    1,
                    Duration.ofMillis(100),
                    Duration.ofSeconds(30),
                    new TopicLayout(1, (short) -1)),
                new FormatChoice("avro", Map.of()),
                new IngestRules(
                    new ExampleRules(List.of(), TargetKind.AUTO, 900_000),
                    new GroupingRules(20, 1_000, Duration.ofSeconds(60), 16_777_216),
                    new SplitRules(1, 10, OptionalDouble.empty(), 2, 1_000),
                    Duration.ofDays(30),
                    new RejectionRules(3, 10))));
  }

  @Test
  void aMessageNamesKeyValueAndWhatIsAllowed() {
    refused(
        () -> new GroupingRules(1, 10, Duration.ofSeconds(1), 1 << 20),
        "ingest.grouping.size is 1, allowed is at least 2: 1 support, 1 query example");
    refused(
        () -> new GroupingRules(5, 10, Duration.ZERO, 1 << 20),
        "ingest.grouping.idle is PT0S, allowed is a duration above zero");
    refused(
        () -> new SplitRules(1, 1, OptionalDouble.of(1), 2, 5),
        "ingest.split.support-fraction is OptionalDouble[1.0], allowed is a number between 0 and 1, both excluded, or none");
    refused(
        () -> new ExampleRules(List.of(3, 0), TargetKind.AUTO, 10),
        "ingest.examples.feature-shape is [3, 0], allowed is a list of sizes from 1, or empty");
    refused(
        () -> new TopicLayout(1, (short) 0),
        "ingest.topics.replication is 0, allowed is -1 or at least 1");
    refused(
        () ->
            IngestConfig.defaults(Path.of("s"))
                .with(new GroupingRules(20, 20, Duration.ofSeconds(1), 1 << 20)),
        "ingest.grouping.max-task-bytes is 1048576, allowed is at least 8 times examples.max-bytes (900000): two examples at 4 bytes a number");
  }

  private static void refused(Runnable making, String message) {
    assertThatThrownBy(making::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
