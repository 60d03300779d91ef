package io.engram.ingest.format.kinds;

import io.engram.ingest.format.FormatKey;
import io.engram.ingest.format.schema.SchemaId.Kind;
import io.engram.ingest.format.schema.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Avro or JSON with the frame of Apicurio's serializers. Public because it is found by its name. */
public final class ApicurioFormat extends MappedFormat {

  private static final String IDS = "ids";
  private static final Map<String, Kind> KINDS =
      Map.of("global", Kind.APICURIO_GLOBAL, "content", Kind.APICURIO_CONTENT);

  public ApicurioFormat() {
    super("apicurio", keysOf());
  }

  private static List<FormatKey> keysOf() {
    List<FormatKey> keys = new ArrayList<>(Schemas.KEYS);
    keys.add(
        new FormatKey(
            IDS,
            "global",
            "What the 8 bytes in front of the data are: global ids or content ids."));
    return keys;
  }

  @Override
  RecordReader reader(Map<String, String> options) {
    String word = options.getOrDefault(IDS, "global");
    Kind kind = KINDS.get(word);
    if (kind == null) {
      throw new IllegalArgumentException(
          "%s is '%s', allowed is one of content, global".formatted(IDS, word));
    }
    return new FramedReader(
        "Apicurio's frame (00 and a schema's id in 8 bytes, or the header apicurio.value.globalId)",
        requireSchemas(options),
        (record, part) -> Frame.apicurio(record, part, kind));
  }
}
