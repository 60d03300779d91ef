package io.engram.ingest.format.kinds;

import io.engram.ingest.format.ExampleDecoder;
import io.engram.ingest.format.ExampleFormat;
import io.engram.ingest.format.FormatKey;
import io.engram.ingest.format.mapping.Mapping;
import io.engram.ingest.format.schema.SchemaSource;
import io.engram.ingest.format.schema.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A format whose records are trees, of which a mapping makes examples. */
abstract class MappedFormat implements ExampleFormat {

  private final String name;
  private final List<FormatKey> keys;

  MappedFormat(String name, List<FormatKey> ownKeys) {
    this.name = name;
    List<FormatKey> all = new ArrayList<>(Mapping.keys());
    all.addAll(ownKeys);
    this.keys = List.copyOf(all);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final List<FormatKey> keys() {
    return keys;
  }

  @Override
  public ExampleDecoder open(Map<String, String> options) {
    return new MappedDecoder(
        reader(options),
        Mapping.of(options)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "label and features are not set, expected what they are made of in a record (a path such as a.b[0].c)")));
  }

  /**
   * Opens the half of its own.
   *
   * @throws IllegalArgumentException if a value is not allowed
   */
  abstract RecordReader reader(Map<String, String> options);

  /** The schemas that are set, without which a format is of no use. */
  static SchemaSource requireSchemas(Map<String, String> options) {
    Optional<SchemaSource> schemas = Schemas.of(options);
    return schemas.orElseThrow(
        () ->
            new IllegalArgumentException(
                "registry-url and registry-dir are not set, expected at least one of them: where schemas come from"));
  }
}
