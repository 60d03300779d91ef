package io.engram.ingest.format.kinds;

import static io.engram.ingest.format.kinds.Records.apicurio;
import static io.engram.ingest.format.kinds.Records.confluent;
import static io.engram.ingest.format.kinds.Records.example;
import static io.engram.ingest.format.kinds.Records.features;
import static io.engram.ingest.format.kinds.Records.label;
import static io.engram.ingest.format.kinds.Records.measure;
import static io.engram.ingest.format.kinds.Records.open;
import static io.engram.ingest.format.kinds.Records.reason;
import static io.engram.ingest.format.kinds.Records.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.ingest.format.ExampleDecoder;
import io.engram.ingest.format.ExampleDecoder.Decoded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FramedFormatsTest {

  private static final UUID GUID = UUID.fromString("89791762-2336-186f-9674-299b90a8e2e2");

  private final TinyRegistry registry =
      new TinyRegistry()
          .has("/schemas/ids/7", TinyRegistry.schema("AVRO", Records.MEASURE.toString()))
          .has("/schemas/guids/" + GUID, TinyRegistry.schema("AVRO", Records.MEASURE.toString()))
          .has("/schemas/ids/8", TinyRegistry.schema("JSON", "{\"type\":\"object\"}"))
          .has("/schemas/ids/9", TinyRegistry.schema("PROTOBUF", "syntax = 'proto3';"))
          .has("/schemas/ids/10", TinyRegistry.schema("AVRO", "{\"type\":\"recrod\"}"))
          .has("/ids/globalIds/7", Records.MEASURE.toString())
          .has("/ids/contentIds/7", "{\"type\":\"object\"}");

  @AfterEach
  void close() {
    registry.close();
  }

  private ExampleDecoder decoder(String format) {
    return open(
        format,
        "registry-url",
        registry.url(),
        "label",
        "species",
        "features",
        "x",
        "id",
        "id",
        "event-time",
        "at");
  }

  @Test
  void avroInConfluentsFrame() {
    ExampleDecoder decoder = decoder("confluent");
    // 00, schema 7, "m1", two numbers 1.5 and -2, the end of them, the time, "iris".
    byte[] golden =
        HexFormat.of()
            .parseHex(
                "0000000007" + "046d31" + "040000c03f000000c000" + "80a0abfef962" + "020869726973");
    assertThat(confluent(7, measure("m1", "iris", 1.5f, -2))).isEqualTo(golden);
    Decoded decoded = decoder.decode(record(null, golden, Map.of()));
    assertThat(features(decoded)).containsExactly(1.5f, -2);
    assertThat(label(decoded)).isEqualTo("iris");
    assertThat(example(decoded).value().getId()).isEqualTo("m1");
    assertThat(example(decoded).time()).isEqualTo(1_700_000_000_000L);
    decoder.decode(record(null, golden, Map.of()));
    assertThat(registry.asked()).isEqualTo(1);
  }

  @Test
  void avroWithTheIdInAHeader() {
    byte[] header =
        ByteBuffer.allocate(17)
            .put((byte) 1)
            .putLong(GUID.getMostSignificantBits())
            .putLong(GUID.getLeastSignificantBits())
            .array();
    byte[] value = measure("m1", "iris", 3);
    assertThat(
            features(
                decoder("confluent")
                    .decode(record(null, value, Map.of("__value_schema_id", header)))))
        .containsExactly(3);
    assertThat(
            features(
                decoder("auto").decode(record(null, value, Map.of("__value_schema_id", header)))))
        .containsExactly(3);
  }

  @Test
  void jsonInConfluentsFrame() {
    byte[] json = "{\"id\":\"m2\",\"x\":[4,5],\"at\":0,\"species\":\"rose\"}".getBytes(UTF_8);
    Decoded decoded = decoder("confluent").decode(record(null, confluent(8, json), Map.of()));
    assertThat(features(decoded)).containsExactly(4, 5);
    assertThat(label(decoded)).isEqualTo("rose");
  }

  @Test
  void apicuriosFrameAndHeaders() {
    byte[] value = measure("m1", "iris", 6);
    ExampleDecoder decoder = decoder("apicurio");
    assertThat(features(decoder.decode(record(null, apicurio(7, value), Map.of()))))
        .containsExactly(6);
    assertThat(features(decoder("auto").decode(record(null, apicurio(7, value), Map.of()))))
        .containsExactly(6);
    byte[] id = ByteBuffer.allocate(8).putLong(7).array();
    assertThat(features(decoder.decode(record(null, value, Map.of("apicurio.value.globalId", id)))))
        .containsExactly(6);
    byte[] json = "{\"id\":\"m2\",\"x\":[4,5],\"at\":0,\"species\":\"rose\"}".getBytes(UTF_8);
    assertThat(features(decoder.decode(record(null, json, Map.of("apicurio.value.contentId", id)))))
        .containsExactly(4, 5);
  }

  @Test
  void whatCannotBeReadSaysWhy() {
    ExampleDecoder decoder = decoder("confluent");
    byte[] value = measure("m1", "iris", 1);
    assertThat(reason(decoder.decode(record(null, confluent(11, value), Map.of()))))
        .isEqualTo(
            "Confluent's frame: schema 11 is unknown: the registry %s/ does not know it"
                .formatted(registry.url()));
    assertThat(reason(decoder.decode(record(null, confluent(9, value), Map.of()))))
        .isEqualTo(
            "Confluent's frame with schema 9: it is Protobuf, which is not read; Avro and JSON are");
    assertThat(reason(decoder.decode(record(null, confluent(10, value), Map.of()))))
        .startsWith("Confluent's frame with schema 10: it is no Avro schema that can be used");
    assertThat(reason(decoder.decode(record(null, confluent(7, new byte[] {4, 'm'}), Map.of()))))
        .startsWith(
            "schema 7: the 2 bytes of Avro are damaged or cut off, expected a whole Measure");
    assertThat(reason(decoder.decode(record(null, confluent(7, measure("m", null, 1)), Map.of()))))
        .isEqualTo("'species' is missing: field 'species' is null");
    assertThat(reason(decoder.decode(Records.text("{}"))))
        .startsWith("found 2 bytes that begin with 7B, expected Confluent's frame");
    assertThat(reason(decoder.decode(record(null, null, Map.of()))))
        .startsWith("found nothing (null)");
  }

  @Test
  void aRegistryThatIsDownIsWaitedFor() {
    ExampleDecoder decoder = decoder("confluent");
    byte[] value = confluent(7, measure("m1", "iris", 1));
    registry.down(true);
    assertThat(decoder.decode(record(null, value, Map.of())))
        .isEqualTo(
            new Decoded.NotNow(
                "schema 7: the schema registry %s/ does not answer: status 503"
                    .formatted(registry.url())));
    registry.down(false);
    assertThat(features(decoder.decode(record(null, value, Map.of())))).containsExactly(1);
    registry.down(true);
    assertThat(features(decoder.decode(record(null, value, Map.of())))).containsExactly(1);
  }

  @Test
  void anUnknownIdIsAskedForOnceInAWhile() {
    ExampleDecoder decoder = decoder("confluent");
    byte[] value = confluent(404, measure("m1", "iris", 1));
    for (int i = 0; i < 5; i++) {
      assertThat(reason(decoder.decode(record(null, value, Map.of()))))
          .contains("does not know it");
    }
    assertThat(registry.asked()).isEqualTo(1);
  }

  @Test
  void schemasOfADirectoryNeedNoRegistry(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("7.avsc"), Records.MEASURE.toString());
    Files.writeString(directory.resolve("8.json"), "{}");
    ExampleDecoder decoder =
        open(
            "confluent", "registry-dir", directory.toString(), "label", "species", "features", "x");
    assertThat(features(decoder.decode(record(null, confluent(7, measure("m", "a", 9)), Map.of()))))
        .containsExactly(9);
    assertThat(
            label(
                decoder.decode(
                    record(
                        null, confluent(8, "{\"species\":2,\"x\":1}".getBytes(UTF_8)), Map.of()))))
        .isEqualTo("2");
    assertThat(reason(decoder.decode(record(null, confluent(6, new byte[1]), Map.of()))))
        .isEqualTo(
            "Confluent's frame: schema 6 is unknown: %s holds neither 6.avsc nor 6.json"
                .formatted(directory));
  }

  @Test
  void schemasThatOthersReferToAreFetchedToo() {
    registry
        .has(
            "/schemas/ids/20",
            "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Outer\\\",\\\"fields\\\":[{\\\"name\\\":\\\"in\\\",\\\"type\\\":\\\"Inner\\\"}]}\","
                + "\"references\":[{\"name\":\"Inner\",\"subject\":\"inner\",\"version\":1}]}")
        .has(
            "/subjects/inner/versions/1",
            TinyRegistry.schema(
                "AVRO",
                "{\"type\":\"record\",\"name\":\"Inner\",\"fields\":[{\"name\":\"n\",\"type\":\"int\"}]}"));
    ExampleDecoder decoder =
        open("confluent", "registry-url", registry.url(), "label", "in.n", "features", "in.n");
    assertThat(features(decoder.decode(record(null, confluent(20, new byte[] {6}), Map.of()))))
        .containsExactly(3);
  }

  @Test
  void aSchemaOfNothingsIsRefused() {
    registry.has(
        "/schemas/ids/30",
        TinyRegistry.schema(
            "AVRO",
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"x\",\"type\":{\"type\":\"array\",\"items\":\"null\"}}]}"));
    byte[] twoThousandMillion = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 0};
    assertThat(
            reason(
                decoder("confluent")
                    .decode(record(null, confluent(30, twoThousandMillion), Map.of()))))
        .contains("hold elements of no bytes");
  }
}
