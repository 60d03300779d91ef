package io.engram.ingest.format.mapping;

import io.engram.ingest.format.FormatKey;
import io.engram.ingest.format.mapping.Mapping.EventTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The keys of a mapping, and how they are read. */
final class MappingKeys {

  static final FieldPath ENVELOPE_ID = PathText.parse("$envelope.id");

  private static final String LABEL = "label";
  private static final String FEATURES = "features";
  private static final String KEY = "key";
  private static final String ID = "id";
  private static final String TASK_ID = "task-id";
  private static final String EVENT_TIME = "event-time";
  private static final String WEIGHT = "weight";
  private static final String WITHOUT_LABEL = "without-label";
  private static final String REJECT = "reject";
  private static final String QUESTION = "question";

  static final List<FormatKey> ALL =
      List.of(
          new FormatKey(LABEL, "", "The label: a path (a class), or 'path: numbers'."),
          new FormatKey(
              FEATURES,
              "",
              "The features: paths with commas between them, each with what is made of it: numbers, one-hot(a, b), hashed(16), time(hour-of-day), image(1x28x28)."),
          new FormatKey(KEY, Root.KEY.word(), "The key of tasks: a path."),
          new FormatKey(
              ID, "", "The example's id: a path; empty: the event's, or where it stands."),
          new FormatKey(TASK_ID, "", "Names the task: a path; empty: nobody does."),
          new FormatKey(
              EVENT_TIME, "", "The event time: a path, or 'path: time(us)'; empty: the record's."),
          new FormatKey(
              WITHOUT_LABEL,
              REJECT,
              "What a record with nothing where its label would stand is: 'reject' (a mistake) or 'question' (to be answered on predictions)."),
          new FormatKey(WEIGHT, "", "Not offered: all examples of a task count alike."));

  private MappingKeys() {}

  static Optional<Mapping> read(Map<String, String> options) {
    if (!text(options, WEIGHT).isEmpty()) {
      throw new IllegalArgumentException(
          "weight is '%s', but examples have no weights: all of a task count alike; leave it out"
              .formatted(text(options, WEIGHT)));
    }
    boolean label = !text(options, LABEL).isEmpty();
    boolean features = !text(options, FEATURES).isEmpty();
    if (!label && !features) {
      return Optional.empty();
    }
    if (!label || !features) {
      throw new IllegalArgumentException(
          "%s is not set, expected what it is made of in a record, as %s is"
              .formatted(label ? FEATURES : LABEL, label ? LABEL : FEATURES));
    }
    return Optional.of(
        new Mapping(
            parsed(options, LABEL, LabelRule::parse),
            parsed(options, FEATURES, MappingKeys::features),
            key(options),
            path(options, ID),
            path(options, TASK_ID),
            time(options),
            asks(options)));
  }

  private static boolean asks(Map<String, String> options) {
    String found = text(options, WITHOUT_LABEL);
    return switch (found) {
      case "", REJECT -> false;
      case QUESTION -> true;
      default ->
          throw new IllegalArgumentException(
              "%s is '%s', expected %s or %s".formatted(WITHOUT_LABEL, found, REJECT, QUESTION));
    };
  }

  private static FeatureRule features(String text) {
    List<FieldText> fields = FieldText.list(text);
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("no field stands there");
    }
    boolean image = fields.stream().anyMatch(field -> field.kind().equals(ColumnText.IMAGE));
    if (image && fields.size() > 1) {
      throw new IllegalArgumentException(
          "an image stands alone, found %d fields".formatted(fields.size()));
    }
    return image ? ImageRule.of(fields.get(0)) : FeatureColumns.of(fields);
  }

  private static @Nullable FieldPath key(Map<String, String> options) {
    FieldPath path = path(options, KEY);
    return path == null || (path.root() == Root.KEY && path.steps().isEmpty()) ? null : path;
  }

  private static @Nullable FieldPath path(Map<String, String> options, String key) {
    return text(options, key).isEmpty() ? null : parsed(options, key, PathText::parse);
  }

  private static @Nullable EventTime time(Map<String, String> options) {
    return text(options, EVENT_TIME).isEmpty()
        ? null
        : parsed(
            options,
            EVENT_TIME,
            text -> {
              FieldText field = FieldText.parse(text);
              if (field.optional()
                  || !(field.kind().isEmpty() || field.kind().equals(ColumnText.TIME))) {
                throw new IllegalArgumentException(
                    "'%s' is no time, expected a path, or one with the unit of its numbers, as in 'at: time(us)'"
                        .formatted(text));
              }
              return new EventTime(field.path(), ColumnText.time(field).unit());
            });
  }

  private static <T> T parsed(Map<String, String> options, String key, Function<String, T> parser) {
    try {
      return parser.apply(text(options, key));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(key, e.getMessage()), e);
    }
  }

  private static String text(Map<String, String> options, String key) {
    return options.getOrDefault(key, "").strip();
  }
}
