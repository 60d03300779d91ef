package io.engram.ingest.format.kinds;

import static io.engram.ingest.format.kinds.Records.label;
import static io.engram.ingest.format.kinds.Records.open;
import static io.engram.ingest.format.kinds.Records.reason;
import static io.engram.ingest.format.kinds.Records.record;
import static io.engram.ingest.format.kinds.Records.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.ingest.domain.Examples;
import io.engram.ingest.format.ExampleDecoder;
import io.engram.ingest.format.ExampleRecord;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoFormatTest {

  private final ExampleDecoder decoder = open("auto", "label", "y", "features", "x");

  @Test
  void ourOwnEncodingNeedsNoMapping() {
    byte[] ours = Examples.bytes(Examples.classified(1, "cat"));
    assertThat(label(decoder.decode(ExampleRecord.of(ours)))).isEqualTo("cat");
    assertThat(label(open("auto").decode(ExampleRecord.of(ours)))).isEqualTo("cat");
    assertThat(reason(open("auto").decode(text("{\"x\":1}"))))
        .isEqualTo(
            "the record has fields, and no mapping says what they are: set label and features");
  }

  @Test
  void plainJson() {
    assertThat(label(decoder.decode(text(" {\"x\":1,\"y\":true}")))).isEqualTo("true");
  }

  @ParameterizedTest
  @CsvSource({
    "1f8b0800, gzip",
    "ff060000734e61507059, Snappy (framed)",
    "82534e4150505900, Snappy (as Java's library frames it)",
    "28b52ffd, Zstandard",
    "04224d18, LZ4",
    "aced0005, Java serialization",
    "50415231, a Parquet file",
    "4f626a01, an Avro container file",
    "82a178a16101, MessagePack",
    "a2617801, CBOR",
    "3c3f786d6c, XML or HTML",
    "80045d94, Python's pickle (4)",
    "0500000000, BSON",
    "789c4b4c, zlib",
    "030000112233445566778899aabbccddeeff00, AWS Glue's frame"
  })
  void knownFramesAreRejectedByTheirNames(String hex, String name) {
    assertThat(reason(decoder.decode(ExampleRecord.of(HexFormat.of().parseHex(hex)))))
        .isEqualTo("the value is %s, which is not read".formatted(name));
  }

  @Test
  void aFrameWithoutARegistryIsNamed() {
    assertThat(reason(decoder.decode(record(null, new byte[] {0, 0, 0, 0, 7, 1}, Map.of()))))
        .isEqualTo(
            "Confluent's frame with schema 7, but neither registry-url nor registry-dir is set");
    assertThat(
            reason(
                decoder.decode(record(null, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 7, 1}, Map.of()))))
        .isEqualTo(
            "Apicurio's frame with schema 7, but neither registry-url nor registry-dir is set");
    assertThat(reason(decoder.decode(record(null, new byte[] {8, 1, 18, 3}, Map.of()))))
        .startsWith("the value is of no known kind (Protobuf without a frame?)");
  }
}
