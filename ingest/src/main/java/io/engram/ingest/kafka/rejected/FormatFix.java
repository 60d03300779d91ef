package io.engram.ingest.kafka.rejected;

import io.engram.ingest.format.ExampleDecoder;
import io.engram.ingest.format.ExampleDecoder.Decoded;
import io.engram.ingest.format.ExampleRecord;
import io.engram.schemas.Rejected;
import io.engram.schemas.Wire;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
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
    Decoded decoded = decoder.decode(seen(record));
    if (decoded instanceof Decoded.Example example) {
      return new Fixed.Good(keyOf(record, example), Wire.labeledExample().encode(example.value()));
    }
    return new Fixed.Bad(reason(decoded));
  }

  private byte @Nullable [] keyOf(RejectedRecord record, Decoded.Example example) {
    if (key != null) {
      return key;
    }
    return example.key() == null
        ? record.record().key()
        : example.key().getBytes(StandardCharsets.UTF_8);
  }

  private static String reason(Decoded decoded) {
    if (decoded instanceof Decoded.Question) {
      return "it has no label";
    }
    if (decoded instanceof Decoded.Undecodable undecodable) {
      return undecodable.reason();
    }
    return decoded instanceof Decoded.Deletion deletion
        ? deletion.what()
        : ((Decoded.NotNow) decoded).reason();
  }

  /** As it stood where it came from. */
  private static ExampleRecord seen(RejectedRecord record) {
    ConsumerRecord<byte[], byte[]> as = record.record();
    ExampleRecord.Place place =
        record.rejected().source() instanceof Rejected.Source.Log log
            ? new ExampleRecord.Place(log.topic(), log.partition(), log.offset())
            : new ExampleRecord.Place(as.topic(), as.partition(), as.offset());
    return new ExampleRecord(
        place,
        as.key(),
        as.value(),
        name -> {
          Header last = as.headers().lastHeader(name);
          return last == null ? null : last.value();
        },
        as.timestamp());
  }
}
