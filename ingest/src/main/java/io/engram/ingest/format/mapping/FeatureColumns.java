package io.engram.ingest.format.mapping;

import io.engram.schemas.Tensors;
import io.engram.schemas.avro.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of several fields, one behind the other.
 *
 * @param shape of all of them; empty: as long as they are
 */
record FeatureColumns(List<Field> fields, List<Integer> shape) implements FeatureRule {

  /** A field and what is made of it. */
  record Field(FieldPath path, boolean optional, Column column) {}

  FeatureColumns {
    fields = List.copyOf(fields);
    shape = List.copyOf(shape);
  }

  /**
   * As it is written.
   *
   * @throws IllegalArgumentException if one of the fields is none
   */
  static FeatureColumns of(List<FieldText> texts) {
    List<Field> fields = texts.stream().map(FeatureColumns::field).toList();
    FieldText first = texts.get(0);
    boolean shaped =
        texts.size() == 1
            && fields.get(0).column() instanceof NumbersColumn
            && !first.arguments().isEmpty();
    return new FeatureColumns(fields, shaped ? Shapes.parse(first.arguments().get(0)) : List.of());
  }

  private static Field field(FieldText text) {
    Column column = ColumnText.column(text);
    boolean unsized = column instanceof NumbersColumn && text.arguments().isEmpty();
    if (text.optional() && column.absent() == null && !unsized) {
      throw new IllegalArgumentException("'%s?' cannot be optional".formatted(text.path().text()));
    }
    return new Field(text.path(), text.optional(), column);
  }

  @Override
  public Tensor of(Scope scope) {
    FloatSink sink = numbers(scope);
    int[] sizes =
        shape.isEmpty()
            ? new int[] {sink.count()}
            : shape.stream().mapToInt(Integer::intValue).toArray();
    return Tensors.float32(sink.numbers(), sizes);
  }

  /** The numbers of all fields. */
  FloatSink numbers(Scope scope) {
    FloatSink sink = new FloatSink();
    for (Field field : fields) {
      Object node = field.optional() ? field.path().find(scope) : field.path().require(scope);
      if (node == null) {
        absent(field, sink);
      } else {
        field.column().add("'" + field.path().text() + "'", node, sink);
      }
    }
    return sink;
  }

  /** One zero where nobody said how many numbers there are. */
  private static void absent(Field field, FloatSink sink) {
    float @Nullable [] zeros = field.column().absent();
    for (int i = 0; i < (zeros == null ? 1 : zeros.length); i++) {
      sink.add(0f);
    }
  }
}
