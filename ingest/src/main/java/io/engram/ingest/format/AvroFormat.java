package io.engram.ingest.format;

import io.engram.schemas.SingleObjectCodec;
import io.engram.schemas.Wire;
import io.engram.schemas.WireException;
import io.engram.schemas.avro.LabeledExample;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code LabeledExample} or {@code UnlabeledExample} in Avro's single-object encoding, of any version of its schema. Public because it is found by its name. */
public final class AvroFormat implements ExampleFormat {

  /** What it is called. */
  public static final String NAME = "avro";

  private static final SingleObjectCodec<LabeledExample> CODEC = Wire.labeledExample();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<FormatKey> keys() {
    return List.of();
  }

  @Override
  public ExampleDecoder open(Map<String, String> options) {
    return AvroFormat::decode;
  }

  private static ExampleDecoder.Decoded decode(ExampleRecord record) {
    try {
      if (Wire.isUnlabeled(record.value())) {
        return new ExampleDecoder.Decoded.Question(
            Wire.unlabeledExample().decode(record.value()), null, null);
      }
      return new ExampleDecoder.Decoded.Example(CODEC.decode(record.value()));
    } catch (WireException e) {
      return new ExampleDecoder.Decoded.Undecodable(
          Objects.requireNonNullElse(e.getMessage(), "no example at all"));
    }
  }
}
