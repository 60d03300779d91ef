package io.engram.ingest.format.tree;

import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;

/** Arrays whose elements take no bytes: five bytes could stand for two thousand million of them. */
final class WeightlessElements {

  private WeightlessElements() {}

  static void refuse(Schema schema) {
    refuse(schema, new HashSet<>());
  }

  private static void refuse(Schema schema, Set<String> seen) {
    switch (schema.getType()) {
      case ARRAY -> {
        if (weightless(schema.getElementType(), new HashSet<>())) {
          throw new IllegalArgumentException(
              "its arrays of %s hold elements of no bytes".formatted(schema.getElementType()));
        }
        refuse(schema.getElementType(), seen);
      }
      case MAP -> refuse(schema.getValueType(), seen);
      case UNION -> schema.getTypes().forEach(type -> refuse(type, seen));
      case RECORD -> {
        if (seen.add(schema.getFullName())) {
          schema.getFields().forEach(field -> refuse(field.schema(), seen));
        }
      }
      default -> {}
    }
  }

  private static boolean weightless(Schema schema, Set<String> within) {
    return switch (schema.getType()) {
      case NULL -> true;
      case FIXED -> schema.getFixedSize() == 0;
      case RECORD ->
          !within.add(schema.getFullName())
              || schema.getFields().stream().allMatch(field -> weightless(field.schema(), within));
      default -> false;
    };
  }
}
