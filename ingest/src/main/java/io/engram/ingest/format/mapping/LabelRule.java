package io.engram.ingest.format.mapping;

import io.engram.schemas.Tensors;
import java.util.List;

/** Makes an example's label of a record: the name of a class, or a tensor of numbers. */
sealed interface LabelRule {

  /**
   * The label.
   *
   * @throws Unfit if the record has none
   */
  Object of(Scope scope);

  /** Whether the record has nothing where its label would stand. */
  boolean isAbsent(Scope scope);

  /** A class by its name. */
  record ClassLabel(FieldPath path) implements LabelRule {

    @Override
    public Object of(Scope scope) {
      return Texts.of("the label '" + path.text() + "'", path.require(scope));
    }

    @Override
    public boolean isAbsent(Scope scope) {
      return path.find(scope) == null;
    }
  }

  /** Numbers. */
  record NumberLabel(FeatureColumns numbers) implements LabelRule {

    @Override
    public Object of(Scope scope) {
      FloatSink sink = numbers.numbers(scope);
      return Tensors.float32(sink.numbers(), sink.count());
    }

    @Override
    public boolean isAbsent(Scope scope) {
      return numbers.fields().stream().allMatch(field -> field.path().find(scope) == null);
    }
  }

  /**
   * As it is written: {@code species}, {@code price: numbers} or several of the latter.
   *
   * @throws IllegalArgumentException if it is no label
   */
  static LabelRule parse(String text) {
    List<FieldText> fields = FieldText.list(text);
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("no field stands there");
    }
    if (fields.stream().anyMatch(FieldText::optional)) {
      throw new IllegalArgumentException("'%s': a label cannot be optional".formatted(text));
    }
    FieldText first = fields.get(0);
    if (first.kind().isEmpty() || first.kind().equals(ColumnText.CLASS)) {
      if (fields.size() > 1) {
        throw new IllegalArgumentException(
            "'%s' are %d classes, expected one, or numbers, as in 'x: numbers, y: numbers'"
                .formatted(text, fields.size()));
      }
      return new ClassLabel(first.path());
    }
    return new NumberLabel(FeatureColumns.of(fields));
  }
}
