package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.kafkakit.CommittedReader;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedCommandTest {

  private final String prefix = TestBroker.uniquePrefix("feed");
  private final String bootstrap = TestBroker.bootstrapServers();

  @TempDir Path state;

  @Test
  void aSourceIsSentOnceAndTheNextStartGoesOnBehindIt() {
    TopicAdmin.ensure(
        bootstrap,
        Stream.of("examples", "examples.rejected", "forgotten")
            .map(it -> Topic.of(prefix + it, 1))
            .toList());
    assertThat(feed("--tasks", "3").exitCode()).isZero();
    assertThat(sent()).hasSize(60);
    assertThat(feed("--tasks", "3").exitCode()).isZero();
    assertThat(sent()).hasSize(60);
    assertThat(feed("--tasks", "3", "--rate", "0").exitCode()).isNotZero();
  }

  private Shell.Outcome feed(String... more) {
    return Shell.run(
        Stream.concat(
                Stream.of(
                    "feed",
                    "--bootstrap",
                    bootstrap,
                    "--state",
                    state.toString(),
                    "--set",
                    "topic-prefix=" + prefix,
                    "--rate",
                    "100000"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private List<byte[]> sent() {
    try (CommittedReader reader = new CommittedReader(Map.of("bootstrap.servers", bootstrap))) {
      return reader.values(prefix + "examples");
    }
  }
}
