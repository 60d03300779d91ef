package io.engram.ingest.kafka.rejected;

import io.engram.ingest.format.ExampleDecoder;
import io.engram.ingest.format.ExampleDecoder.Decoded;
import io.engram.schemas.Wire;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes in another format than ingest did, and sends what they say as {@code LabeledExample}, which ingest reads where its format
 * is {@code avro}.
 */
public final class FormatFix implements Fix {

  private final ExampleDecoder decoder;
  private final byte @Nullable [] key;

  /**
   * @param key the task key to send them with; null for their own
   */
  public FormatFix(ExampleDecoder decoder, byte @Nullable [] key) {
    this.decoder = decoder;
    this.key = key == null ? null : key.clone();
  }

  @Override
  public Fixed of(RejectedRecord record) {
    Decoded decoded = decoder.decode(record.record().value());
    if (decoded instanceof Decoded.Example example) {
      return new Fixed.Good(
          key == null ? record.record().key() : key, Wire.labeledExample().encode(example.value()));
    }
    return new Fixed.Bad(((Decoded.Undecodable) decoded).reason());
  }
}
