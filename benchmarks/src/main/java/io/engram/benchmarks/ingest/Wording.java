package io.engram.benchmarks.ingest;

import io.engram.ingest.format.FormatChoice;
import io.engram.schemas.Tensors;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** The same examples in one of three formats: grey levels and a class. */
enum Wording {
  AVRO,
  JSON,
  CONFLUENT;

  private static final int SCHEMA_ID = 7;
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              "{\"type\":\"record\",\"name\":\"Drawing\",\"fields\":["
                  + "{\"name\":\"px\",\"type\":{\"type\":\"array\",\"items\":\"float\"}},"
                  + "{\"name\":\"label\",\"type\":\"string\"}]}");

  /** How ingest is told of it. */
  FormatChoice choice(Path directory) {
    Map<String, String> mapping = Map.of("label", "label", "features", "px");
    return switch (this) {
      case AVRO -> FormatChoice.avro();
      case JSON -> new FormatChoice("json", mapping);
      case CONFLUENT -> {
        write(directory.resolve(SCHEMA_ID + ".avsc"));
        yield new FormatChoice(
            "confluent",
            Map.of("label", "label", "features", "px", "registry-dir", directory.toString()));
      }
    };
  }

  private static void write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, SCHEMA.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value of an example with so many numbers. */
  byte[] value(int index, int numbers) {
    Random random = new Random(index);
    int[] levels = random.ints(numbers, 0, 256).toArray();
    String label = "class-" + index % 5;
    return switch (this) {
      case AVRO -> {
        float[] features = new float[numbers];
        for (int i = 0; i < numbers; i++) {
          features[i] = levels[i];
        }
        yield Wire.labeledExample()
            .encode(
                new LabeledExample(
                    "e" + index, Tensors.float32(features, numbers), label, null, Part.AUTO));
      }
      case JSON -> json(levels, label).getBytes(StandardCharsets.UTF_8);
      case CONFLUENT -> framed(levels, label);
    };
  }

  private static String json(int[] levels, String label) {
    StringBuilder text = new StringBuilder("{\"label\":\"").append(label).append("\",\"px\":[");
    for (int i = 0; i < levels.length; i++) {
      text.append(i == 0 ? "" : ",").append(levels[i]);
    }
    return text.append("]}").toString();
  }

  private static byte[] framed(int[] levels, String label) {
    GenericData.Array<Float> px =
        new GenericData.Array<>(levels.length, SCHEMA.getField("px").schema());
    for (int level : levels) {
      px.add((float) level);
    }
    GenericData.Record record = new GenericData.Record(SCHEMA);
    record.put("px", px);
    record.put("label", label);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      out.write(new byte[] {0, 0, 0, 0, SCHEMA_ID});
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<>(SCHEMA).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
