package io.engram.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceIdTest {

  @TempDir private Path directory;

  @Test
  void aDirectoryKeepsItsNameAndTwoHaveTwo() {
    String one = InstanceId.of(directory.resolve("one"));
    assertThat(StreamsRun.isInstanceId(one)).isTrue();
    assertThat(InstanceId.of(directory.resolve("one"))).isEqualTo(one);
    assertThat(InstanceId.of(directory.resolve("two"))).isNotEqualTo(one);
    assertThat(StreamsRun.in(directory.resolve("one")).named().instanceId()).isEqualTo(one);
  }
}
