package io.engram.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.ingest.domain.GroupingRules;
import io.engram.ingest.format.FormatChoice;
import io.engram.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON of a client that is not Java's. */
class OtherClientsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> COMPRESSIONS = List.of("none", "gzip", "snappy", "lz4", "zstd");
  private static final int EACH = 100;

  @TempDir Path directory;

  @Test
  void jsonInAllCompressionsBecomesTasks() throws Exception {
    Kcat kcat = Kcat.require();
    Topics topics = new Topics(TestBroker.uniquePrefix("kcat"));
    Path lines = directory.resolve("lines");
    Files.writeString(
        lines,
        IntStream.range(0, EACH)
            .mapToObj(i -> "k%d\t{\"x\":[%d,0.5],\"y\":\"c%d\"}".formatted(i % 5, i, i % 2))
            .collect(Collectors.joining("\n", "", "\n")));
    try (IngestService service =
        IngestService.start(
            IngestConfig.defaults(directory.resolve("state"))
                .with(new FormatChoice("json", Map.of("label", "y", "features", "x")))
                .with(new GroupingRules(20, 20, Duration.ofHours(1), 16 << 20)),
            topics,
            Map.of("bootstrap.servers", TestBroker.bootstrapServers()),
            new SimpleMeterRegistry())) {
      for (String compression : COMPRESSIONS) {
        kcat.produce(
            TestBroker.bootstrapServers(),
            topics.examples(),
            compression,
            lines,
            directory.resolve("kcat-" + compression));
      }
      int all = COMPRESSIONS.size() * EACH;
      await()
          .atMost(PATIENCE)
          .until(() -> service.status().examples() == all && service.caughtUp());
      assertThat(service.status()).isEqualTo(new IngestStatus(all, all / 20, 0, 0, 0, 0, 0));
    }
  }
}
