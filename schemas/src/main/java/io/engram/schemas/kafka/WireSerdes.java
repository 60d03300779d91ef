package io.engram.schemas.kafka;

import io.engram.schemas.SingleObjectCodec;
import io.engram.schemas.WireException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A codec for Kafka's clients. Null stays null (a tombstone); a {@link WireException} becomes the {@link SerializationException} that
 * they expect, with the same message.
 */
public final class WireSerdes {

  private WireSerdes() {}

  /** For producers. */
  public static <T extends SpecificRecord> Serializer<T> serializer(SingleObjectCodec<T> codec) {
    return (topic, value) -> {
      try {
        return value == null ? null : codec.encode(value);
      } catch (WireException e) {
        throw new SerializationException(e.getMessage(), e);
      }
    };
  }

  /** For consumers; whoever reads a topic that others write to must be ready for its exceptions. */
  public static <T extends SpecificRecord> Deserializer<T> deserializer(
      SingleObjectCodec<T> codec) {
    return (topic, bytes) -> {
      try {
        return bytes == null ? null : codec.decode(bytes);
      } catch (WireException e) {
        throw new SerializationException(e.getMessage(), e);
      }
    };
  }
}
