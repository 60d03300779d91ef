package io.engram.ingest.format.kinds;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.engram.ingest.format.ExampleDecoder;
import io.engram.ingest.format.ExampleDecoder.Decoded;
import io.engram.ingest.format.ExampleFormats;
import io.engram.ingest.format.ExampleRecord;
import io.engram.ingest.format.FormatChoice;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Records of other people's making, and what came of them. */
public final class Records {

  public static final Schema MEASURE =
      new Schema.Parser()
          .parse(
              "{\"type\":\"record\",\"name\":\"Measure\",\"fields\":["
                  + "{\"name\":\"id\",\"type\":\"string\"},"
                  + "{\"name\":\"x\",\"type\":{\"type\":\"array\",\"items\":\"float\"}},"
                  + "{\"name\":\"at\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}},"
                  + "{\"name\":\"species\",\"type\":[\"null\",\"string\"],\"default\":null}]}");

  private Records() {}

  static ExampleDecoder open(String format, String... options) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      map.put(options[i], options[i + 1]);
    }
    return ExampleFormats.open(new FormatChoice(format, map));
  }

  static ExampleRecord text(String value) {
    return record(null, value.getBytes(UTF_8), Map.of());
  }

  static ExampleRecord record(
      @Nullable String key, byte @Nullable [] value, Map<String, byte[]> headers) {
    return new ExampleRecord(
        new ExampleRecord.Place("shop", 2, 41),
        key == null ? null : key.getBytes(UTF_8),
        value,
        headers::get,
        1_000);
  }

  static Decoded.Example example(Decoded decoded) {
    if (decoded instanceof Decoded.Example example) {
      return example;
    }
    throw new AssertionError("no example: " + decoded);
  }

  static String reason(Decoded decoded) {
    if (decoded instanceof Decoded.Undecodable undecodable) {
      return undecodable.reason();
    }
    throw new AssertionError("not undecodable: " + decoded);
  }

  static float[] features(Decoded decoded) {
    return Tensors.floats(example(decoded).value().getFeatures());
  }

  static String label(Decoded decoded) {
    return example(decoded).value().getLabel().toString();
  }

  static float[] target(Decoded decoded) {
    return Tensors.floats((Tensor) example(decoded).value().getLabel());
  }

  /** A measure in Avro's binary encoding. */
  public static byte[] measure(String id, @Nullable String species, float... numbers) {
    GenericData.Record record = new GenericData.Record(MEASURE);
    record.put("id", id);
    record.put("at", 1_700_000_000_000L);
    record.put("species", species);
    GenericData.Array<Float> x =
        new GenericData.Array<>(numbers.length, MEASURE.getField("x").schema());
    for (float number : numbers) {
      x.add(number);
    }
    record.put("x", x);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<>(MEASURE).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** 00, the id in 4 bytes, the data. */
  public static byte[] confluent(int id, byte[] data) {
    return ByteBuffer.allocate(5 + data.length).put((byte) 0).putInt(id).put(data).array();
  }

  /** 00, the id in 8 bytes, the data. */
  static byte[] apicurio(long id, byte[] data) {
    return ByteBuffer.allocate(9 + data.length).put((byte) 0).putLong(id).put(data).array();
  }
}
