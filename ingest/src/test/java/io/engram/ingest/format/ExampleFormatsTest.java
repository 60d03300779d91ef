package io.engram.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExampleFormatsTest {

  @Test
  void formatsAreFoundByNameWhoeverBringsThem() {
    assertThat(ExampleFormats.names())
        .containsExactly(
            "apicurio", "auto", "avro", "cloudevents", "confluent", "debezium", "json", "line");
  }

  @Test
  void aFormatsOptionsHaveItsDefaults() {
    ExampleDecoder semicolons = ExampleFormats.open(new FormatChoice("line", Map.of()));
    ExampleDecoder commas = ExampleFormats.open(new FormatChoice("line", Map.of("separator", ",")));
    assertThat(semicolons.decode(ExampleRecord.of("a;1".getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(ExampleDecoder.Decoded.Example.class);
    assertThat(commas.decode(ExampleRecord.of("a;1,x".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(
            new ExampleDecoder.Decoded.Undecodable("'a;1,x' holds a word that is no number"));
  }

  @Test
  void whatIsNotAllowedIsSaid() {
    refused(
        new FormatChoice("jason", Map.of()),
        "ingest.examples.format is 'jason', allowed is one of apicurio, auto, avro, cloudevents, confluent, debezium, json, line; did you mean 'json'?");
    refused(
        new FormatChoice("avro", Map.of("separator", ",")),
        "ingest.examples.format-options.separator is no key of the format 'avro', which has none");
    refused(
        new FormatChoice("line", Map.of("seperator", ",")),
        "ingest.examples.format-options.seperator is no key of the format 'line', which has separator; did you mean 'separator'?");
    refused(
        new FormatChoice("line", Map.of("separator", "")),
        "ingest.examples.format-options.separator is '', allowed is one character");
  }

  private static void refused(FormatChoice choice, String message) {
    assertThatThrownBy(() -> ExampleFormats.open(choice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
