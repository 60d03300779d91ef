package io.engram.servicekit.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka.sasl.jaas.config",
        "kafka.ssl.keystore.password",
        "kafka.ssl.key.password",
        "kafka.ssl.keystore.key",
        "kafka.sasl.oauthbearer.client.credentials.client.secret",
        "kafka.consumer.ssl.truststore.password",
        "ingest.examples.format-options.api-key",
        "kafka.basic.auth.user.info",
      })
  void whatIsASecretByItsKey(String key) {
    assertThat(Secret.shown(key, "hunter2")).isEqualTo("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bootstrap",
        "learner.clip",
        "registry.http.tls-password-file",
        "kafka.ssl.keystore.location",
        "kafka.ssl.keystore.type",
        "kafka.sasl.mechanism",
        "kafka.client.id",
      })
  void whatIsNone(String key) {
    assertThat(Secret.shown(key, "hunter2")).isEqualTo("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.X required username=\"a\" password=\"hunter2\";",
        "{\"token\": \"hunter2\"}",
        "https://ann:hunter2@example.org/",
      })
  void whatHoldsOneUnderAnyKey(String value) {
    assertThat(Secret.shown("kafka.anything", value)).isEqualTo("***");
  }

  @Test
  void itDoesNotPrint() {
    Secret secret = Secret.of("hunter2");
    record Holder(String name, Object value) {}

    assertThat("%s %s %s".formatted(secret, List.of(secret), Map.of("a", secret)))
        .doesNotContain("hunter2");
    assertThat(new Holder("x", secret)).hasToString("Holder[name=x, value=***]");
    assertThat(secret.reveal()).isEqualTo("hunter2");
    assertThat(secret).isEqualTo(Secret.of("hunter2")).isNotEqualTo(Secret.of("x"));
  }
}
