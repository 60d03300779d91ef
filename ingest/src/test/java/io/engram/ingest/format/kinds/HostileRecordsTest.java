package io.engram.ingest.format.kinds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.ingest.domain.Examples;
import io.engram.ingest.format.ExampleDecoder;
import io.engram.ingest.format.ExampleDecoder.Decoded;
import io.engram.ingest.format.ExampleRecord;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Whatever stands in a record, a decoder answers with a value. */
class HostileRecordsTest {

  private static final TinyRegistry REGISTRY =
      new TinyRegistry()
          .has("/schemas/ids/7", TinyRegistry.schema("AVRO", Records.MEASURE.toString()))
          .has("/ids/globalIds/7", Records.MEASURE.toString())
          .has("/schemas/ids/8", TinyRegistry.schema("JSON", "{}"));

  private static final Map<String, ExampleDecoder> DECODERS = decoders();

  private static final List<byte[]> VALID =
      List.of(
          Examples.bytes(Examples.classified(1, "cat")),
          Records.confluent(7, Records.measure("m", "iris", 1, 2, 3)),
          Records.apicurio(7, Records.measure("m", "iris", 1, 2, 3)),
          Records.confluent(8, "{\"x\":1,\"species\":\"a\"}".getBytes(UTF_8)),
          "{\"x\":[1,2.5,-3e7,\"4\",[true]],\"species\":\"\\u00e4\",\"o\":{\"a\":null}}"
              .getBytes(UTF_8),
          "{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"data\":{\"x\":1,\"species\":2}}"
              .getBytes(UTF_8),
          "{\"schema\":{},\"payload\":{\"after\":{\"x\":1,\"species\":2},\"op\":\"c\",\"source\":{}}}"
              .getBytes(UTF_8));

  private static Map<String, ExampleDecoder> decoders() {
    Map<String, ExampleDecoder> decoders = new LinkedHashMap<>();
    for (String format :
        List.of("json", "confluent", "apicurio", "cloudevents", "debezium", "auto")) {
      boolean framed = !format.equals("json");
      decoders.put(
          format,
          Records.open(
              format,
              "label",
              "species",
              "features",
              "x",
              "key",
              "$key.id",
              framed ? "registry-url" : "id",
              framed ? REGISTRY.url() : ""));
    }
    decoders.put("avro", Records.open("avro"));
    return decoders;
  }

  @Property(tries = 2_000)
  void randomBytes(@ForAll @Size(max = 200) byte[] value, @ForAll @Size(max = 30) byte[] key) {
    decodeAll(value, key);
  }

  @Property(tries = 3_000)
  void recordsThatWereGood(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] good = VALID.get(random.nextInt(VALID.size()));
    byte[] bad =
        Arrays.copyOf(good, random.nextInt(3) == 0 ? random.nextInt(good.length + 4) : good.length);
    for (int i = random.nextInt(4); i > 0 && bad.length > 0; i--) {
      int at = random.nextInt(bad.length);
      // Ids stay: another one would be a question to the registry.
      bad[at] = bad[0] == 0 && at < 9 ? bad[at] : (byte) random.nextInt(256);
    }
    decodeAll(bad, "{\"id\":1}".getBytes(UTF_8));
  }

  @Property(tries = 200)
  void deepAndLongThings(@ForAll long seed) {
    Random random = new Random(seed);
    String unit =
        List.of("[", "{\"a\":", "[{\"x\":", "-", "9", "\"", "\\", "{\"x\":[1,")
            .get(random.nextInt(8));
    String text = unit.repeat(1 + random.nextInt(20_000));
    decodeAll(text.getBytes(UTF_8), text.substring(0, Math.min(50, text.length())).getBytes(UTF_8));
  }

  private static void decodeAll(byte[] value, byte[] key) {
    DECODERS.forEach(
        (name, decoder) -> {
          Decoded decoded =
              decoder.decode(
                  new ExampleRecord(
                      new ExampleRecord.Place("t", 0, 0), key, value, header -> null, 0));
          assertThat(decoded).as(name).isNotNull();
          if (decoded instanceof Decoded.Undecodable undecodable) {
            assertThat(undecodable.reason()).as(name).isNotBlank();
          }
        });
  }
}
