package io.engram.ingest.format.kinds;

import static io.engram.ingest.format.kinds.Records.example;
import static io.engram.ingest.format.kinds.Records.features;
import static io.engram.ingest.format.kinds.Records.label;
import static io.engram.ingest.format.kinds.Records.open;
import static io.engram.ingest.format.kinds.Records.reason;
import static io.engram.ingest.format.kinds.Records.record;
import static io.engram.ingest.format.kinds.Records.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.ingest.format.ExampleDecoder;
import io.engram.ingest.format.ExampleDecoder.Decoded;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CloudEvents and Debezium, by their own formats and by {@code auto}. */
class EnvelopesTest {

  private static final String[] MAPPING = {"label", "y", "features", "x"};

  @ParameterizedTest
  @ValueSource(strings = {"cloudevents", "auto"})
  void anEventWithItsAttributesInHeaders(String format) {
    ExampleDecoder decoder =
        open(
            format,
            "label",
            "y",
            "features",
            "x",
            "key",
            "$envelope.subject",
            "event-time",
            "$envelope.time");
    Decoded decoded =
        decoder.decode(
            record(
                null,
                "{\"x\":[1,2],\"y\":\"a\"}".getBytes(UTF_8),
                Map.of(
                    "ce_specversion", "1.0".getBytes(UTF_8),
                    "ce_id", "e-1".getBytes(UTF_8),
                    "ce_subject", "user-3".getBytes(UTF_8),
                    "ce_time", "2023-11-14T22:13:20Z".getBytes(UTF_8),
                    "content-type", "application/json; charset=utf-8".getBytes(UTF_8))));
    assertThat(features(decoded)).containsExactly(1, 2);
    assertThat(example(decoded).value().getId()).isEqualTo("e-1");
    assertThat(example(decoded).key()).isEqualTo("user-3");
    assertThat(example(decoded).time()).isEqualTo(1_700_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloudevents", "auto"})
  void anEventThatIsOneObject(String format) {
    ExampleDecoder decoder = open(format, MAPPING);
    String event =
        "{\"specversion\":\"1.0\",\"id\":\"e-2\",\"source\":\"/s\",\"type\":\"t\",\"datacontenttype\":\"application/json\",%s}";
    assertThat(label(decoder.decode(text(event.formatted("\"data\":{\"x\":1,\"y\":\"b\"}")))))
        .isEqualTo("b");
    // {"x":1,"y":"c"}
    assertThat(
            label(
                decoder.decode(text(event.formatted("\"data_base64\":\"eyJ4IjoxLCJ5IjoiYyJ9\"")))))
        .isEqualTo("c");
    assertThat(reason(decoder.decode(text(event.formatted("\"data\":null")))))
        .isEqualTo("the CloudEvent 'e-2' has no data");
  }

  @Test
  void anEventOfAnImage() {
    ExampleDecoder decoder =
        open("cloudevents", "label", "$envelope.species", "features", "$value: image(1x2x2)");
    Decoded decoded =
        decoder.decode(
            record(
                null,
                new byte[] {0, (byte) 255, 0, (byte) 255},
                Map.of(
                    "ce_specversion", "1.0".getBytes(UTF_8),
                    "ce_species", "iris".getBytes(UTF_8),
                    "content-type", "application/octet-stream".getBytes(UTF_8))));
    assertThat(features(decoded)).containsExactly(0, 1, 0, 1);
    assertThat(label(decoded)).isEqualTo("iris");
  }

  @Test
  void eventsThatAreNotReadAreNamed() {
    ExampleDecoder decoder = open("auto", MAPPING);
    assertThat(
            reason(
                decoder.decode(
                    record(
                        null,
                        "[]".getBytes(UTF_8),
                        Map.of(
                            "content-type",
                            "application/cloudevents-batch+json".getBytes(UTF_8))))))
        .isEqualTo("CloudEvents as application/cloudevents-batch+json, which are not read");
    assertThat(reason(open("cloudevents", MAPPING).decode(text("{\"x\":1}"))))
        .startsWith("no CloudEvent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"debezium", "auto"})
  void theRowAfterAChange(String format) {
    ExampleDecoder decoder =
        open(format, "label", "y", "features", "x", "key", "$key.id", "id", "$envelope.source.lsn");
    String change =
        "{\"before\":null,\"after\":{\"x\":[3],\"y\":\"b\"},\"op\":\"%s\",\"source\":{\"lsn\":99},\"ts_ms\":5}";
    for (String op : new String[] {"c", "u", "r"}) {
      Decoded bare =
          decoder.decode(record("{\"id\":4}", change.formatted(op).getBytes(UTF_8), Map.of()));
      assertThat(features(bare)).containsExactly(3);
      assertThat(example(bare).key()).isEqualTo("4");
      assertThat(example(bare).value().getId()).isEqualTo("99");
    }
    String connect = "{\"schema\":{\"type\":\"struct\"},\"payload\":%s}";
    Decoded enveloped =
        decoder.decode(
            record(
                connect.formatted("{\"id\":5}"),
                connect.formatted(change.formatted("c")).getBytes(UTF_8),
                Map.of()));
    assertThat(example(enveloped).key()).isEqualTo("5");
    assertThat(label(enveloped)).isEqualTo("b");
  }

  @Test
  void aRowWithoutItsEnvelope() {
    ExampleDecoder decoder = open("debezium", MAPPING);
    assertThat(label(decoder.decode(text("{\"x\":1,\"y\":\"q\",\"__deleted\":\"false\"}"))))
        .isEqualTo("q");
    assertThat(decoder.decode(text("{\"x\":1,\"y\":\"q\",\"__deleted\":\"true\"}")))
        .isInstanceOf(Decoded.Deletion.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"debezium", "auto"})
  void deletionsAreNoMistakes(String format) {
    ExampleDecoder decoder = open(format, MAPPING);
    assertThat(decoder.decode(record("k", null, Map.of())))
        .isEqualTo(new Decoded.Deletion("a tombstone: a key without a value"));
    assertThat(
            decoder.decode(
                text("{\"before\":{\"x\":1},\"after\":null,\"op\":\"d\",\"source\":{}}")))
        .isEqualTo(new Decoded.Deletion("a change 'd' leaves no row"));
    assertThat(decoder.decode(text("{\"schema\":null,\"payload\":null}")))
        .isInstanceOf(Decoded.Deletion.class);
    assertThat(reason(decoder.decode(text("{\"after\":{\"x\":1},\"op\":\"z\"}"))))
        .isEqualTo("the change is called 'z', expected c, u, r, d, t or m");
    assertThat(reason(decoder.decode(text("{\"after\":null,\"op\":\"c\"}"))))
        .isEqualTo("a change 'c' without the row after it");
  }
}
