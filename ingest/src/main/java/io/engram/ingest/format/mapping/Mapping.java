package io.engram.ingest.format.mapping;

import io.engram.ingest.format.ExampleDecoder.Decoded;
import io.engram.ingest.format.FormatKey;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import io.engram.schemas.avro.UnlabeledExample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a record are what of an example.
 *
 * @param label its label
 * @param features its features
 * @param key of its tasks; null: the record's key
 * @param id its id; null: the envelope's, or where the record stands
 * @param taskId names its task; null: nobody does
 * @param time its event time; null: the record's time
 * @param asks whether a record without a label is a question; if not, it is no example
 */
public record Mapping(
    LabelRule label,
    FeatureRule features,
    @Nullable FieldPath key,
    @Nullable FieldPath id,
    @Nullable FieldPath taskId,
    @Nullable EventTime time,
    boolean asks) {

  /** A field that is a time. */
  record EventTime(FieldPath path, String unit) {}

  /** The keys that say so, of every format that has a mapping. */
  public static List<FormatKey> keys() {
    return MappingKeys.ALL;
  }

  /**
   * The mapping that is set.
   *
   * @return empty where neither label nor features are named
   * @throws IllegalArgumentException if something of it is not allowed; the message begins with its key
   */
  public static Optional<Mapping> of(Map<String, String> options) {
    return MappingKeys.read(options);
  }

  /** Whether a path leads into the record's key, whose tree then has to be in the scope. */
  public boolean readsKey() {
    return Stream.of(key, id, taskId, time == null ? null : time.path())
            .filter(Objects::nonNull)
            .anyMatch(FieldPath::intoKey)
        || (label instanceof LabelRule.ClassLabel one && one.path().intoKey())
        || (label instanceof LabelRule.NumberLabel numbers && intoKey(numbers.numbers()))
        || (features instanceof FeatureColumns columns && intoKey(columns))
        || (features instanceof ImageRule image && image.path().intoKey());
  }

  private static boolean intoKey(FeatureColumns columns) {
    return columns.fields().stream().anyMatch(field -> field.path().intoKey());
  }

  /** The example or question of a record, or why it has none. */
  public Decoded apply(Scope scope) {
    try {
      if (asks && label.isAbsent(scope)) {
        return new Decoded.Question(
            new UnlabeledExample(id(scope), features.of(scope)), key(scope), at(scope));
      }
      LabeledExample example =
          new LabeledExample(
              id(scope),
              features.of(scope),
              label.of(scope),
              taskId == null ? null : Texts.of(what(taskId), taskId.require(scope)),
              Part.AUTO);
      return new Decoded.Example(example, key(scope), at(scope));
    } catch (Unfit e) {
      return new Decoded.Undecodable(e.reason());
    }
  }

  private @Nullable String key(Scope scope) {
    return key == null ? null : Texts.of(what(key), key.require(scope));
  }

  private @Nullable Long at(Scope scope) {
    return time == null ? null : time(scope, time);
  }

  private String id(Scope scope) {
    if (id != null) {
      return Texts.of(what(id), id.require(scope));
    }
    Object envelopes = MappingKeys.ENVELOPE_ID.find(scope);
    return envelopes instanceof CharSequence text && !text.isEmpty()
        ? Texts.of(what(MappingKeys.ENVELOPE_ID), text)
        : scope.record().place().toString();
  }

  private static long time(Scope scope, EventTime time) {
    Instant at = TimeUnits.read(what(time.path()), time.path().require(scope), time.unit());
    if (at.toEpochMilli() < 0) {
      throw new Unfit("%s is %s, expected a time since 1970".formatted(what(time.path()), at));
    }
    return at.toEpochMilli();
  }

  private static String what(FieldPath path) {
    return "'" + path.text() + "'";
  }
}
