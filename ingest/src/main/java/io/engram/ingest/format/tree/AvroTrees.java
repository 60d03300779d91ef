package io.engram.ingest.format.tree;

import java.io.IOException;
import org.apache.avro.Conversions.DecimalConversion;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;

/** Reads Avro's binary encoding of one schema: one value and nothing behind it. No length in the bytes is trusted. Thread-safe. */
public final class AvroTrees {

  private static final GenericData MODEL = model();

  private final DatumReader<Object> reader;
  private final String name;

  /**
   * @throws IllegalArgumentException if a few bytes of this schema could stand for any amount of memory
   */
  public AvroTrees(Schema schema) {
    WeightlessElements.refuse(schema);
    this.reader = new GenericDatumReader<>(schema, schema, MODEL);
    this.name =
        schema.getType() == Schema.Type.RECORD ? schema.getName() : schema.getType().getName();
  }

  private static GenericData model() {
    GenericData model = new GenericData();
    model.addLogicalTypeConversion(new DecimalConversion());
    model.addLogicalTypeConversion(new TimeConversions.DateConversion());
    model.addLogicalTypeConversion(new TimeConversions.TimeMillisConversion());
    model.addLogicalTypeConversion(new TimeConversions.TimeMicrosConversion());
    model.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    model.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    model.addLogicalTypeConversion(new TimeConversions.TimestampNanosConversion());
    model.addLogicalTypeConversion(new TimeConversions.LocalTimestampMillisConversion());
    model.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
    return model;
  }

  /** The tree of the value that part of an array holds. */
  public Parsed read(byte[] bytes, int from, int length) {
    try {
      BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, from, length, null);
      Object root = reader.read(null, decoder);
      return decoder.isEnd()
          ? new Parsed.Tree(root)
          : new Parsed.Refused(
              "the %d bytes of Avro hold more than the %s expected".formatted(length, name));
    } catch (IOException | RuntimeException e) {
      return damaged(
          length, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    } catch (StackOverflowError e) {
      // A schema that holds itself can be nested as deep as there are bytes.
      return damaged(length, "nested too deeply");
    }
  }

  private Parsed damaged(int length, String why) {
    return new Parsed.Refused(
        "the %d bytes of Avro are damaged or cut off, expected a whole %s: %s"
            .formatted(length, name, why));
  }
}
