package io.engram.ingest.format.kinds;

import io.engram.ingest.format.AvroFormat;
import io.engram.ingest.format.ExampleDecoder;
import io.engram.ingest.format.ExampleDecoder.Decoded;
import io.engram.ingest.format.ExampleRecord;
import io.engram.ingest.format.mapping.Mapping;
import io.engram.ingest.format.schema.Schemas;
import io.engram.ingest.format.tree.Parsed;
import java.util.Map;
import java.util.Optional;

/**
 * Whatever comes, told record by record. Examples in our own encoding need no mapping; all others share the one there is. Public because it is
 * found by its name.
 */
public final class AutoFormat extends MappedFormat {

  public AutoFormat() {
    super("auto", Schemas.KEYS);
  }

  @Override
  RecordReader reader(Map<String, String> options) {
    return new AutoReader(new Bodies(Schemas.of(options)));
  }

  @Override
  public ExampleDecoder open(Map<String, String> options) {
    ExampleDecoder ours = new AvroFormat().open(Map.of());
    RecordReader reader = reader(options);
    Optional<Mapping> mapping = Mapping.of(options);
    ExampleDecoder others =
        mapping.isPresent()
            ? new MappedDecoder(reader, mapping.get())
            : record -> unmapped(reader, record);
    return record -> ours(record) ? ours.decode(record) : others.decode(record);
  }

  private static boolean ours(ExampleRecord record) {
    byte[] value = record.value();
    return value != null
        && value.length >= 2
        && value[0] == (byte) 0xC3
        && value[1] == 1
        && !CloudEvent.headed(record);
  }

  private static Decoded unmapped(RecordReader reader, ExampleRecord record) {
    Parsed data = reader.open(record).data();
    return data instanceof Parsed.Tree
        ? new Decoded.Undecodable(
            "the record has fields, and no mapping says what they are: set label and features")
        : MappedDecoder.told(data);
  }
}
