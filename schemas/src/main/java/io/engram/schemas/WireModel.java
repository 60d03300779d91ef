package io.engram.schemas;

import io.engram.schemas.avro.Adaptation;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.ExampleBlock;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Lineage;
import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.Part;
import io.engram.schemas.avro.PartitionOffset;
import io.engram.schemas.avro.Task;
import io.engram.schemas.avro.Tensor;
import io.engram.schemas.avro.TensorEntry;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions.TimestampMillisConversion;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Avro's data model over a closed list of classes. Avro 1.12.2 loads classes by the names in a schema only where a JVM-wide
 * property or setting trusts them; here decoding never looks a class up by a name.
 */
final class WireModel extends SpecificData {

  private static final Map<String, Class<?>> CLASSES =
      Stream.of(
              Adaptation.class,
              ClosedBy.class,
              ElementType.class,
              ExampleBlock.class,
              LabelSpace.class,
              LabeledExample.class,
              Lineage.class,
              ModelChunk.class,
              ModelManifest.class,
              Part.class,
              PartitionOffset.class,
              Task.class,
              Tensor.class,
              TensorEntry.class)
          .collect(Collectors.toUnmodifiableMap(Class::getName, Function.identity()));

  static {
    // The generated builders copy values by Avro's own model, which asks the JVM-wide list of
    // trusted classes; add ours.
    ClassSecurityPredicate trusted = ClassSecurityValidator.getGlobal();
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(trusted, CLASSES::containsValue));
  }

  WireModel() {
    addLogicalTypeConversion(new TimestampMillisConversion());
  }

  @Override
  @SuppressWarnings("rawtypes") // Avro's signature
  public @Nullable Class getClass(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, ENUM, FIXED -> CLASSES.get(schema.getFullName());
      default -> super.getClass(schema);
    };
  }
}
