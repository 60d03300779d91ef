package io.engram.embeddedkafka.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestBrokerTest {

  @Test
  void everyTestOfAProcessGetsTheSameBrokerAndItsOwnNames() {
    assertThat(TestBroker.bootstrapServers()).isEqualTo(TestBroker.bootstrapServers());
    assertThat(TestBroker.uniquePrefix("a")).isNotEqualTo(TestBroker.uniquePrefix("a"));
    assertThat(TestBroker.createTopic(TestBroker.uniquePrefix("a") + "tasks", 2))
        .endsWith("-tasks");
  }
}
