package io.engram.schemas;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One version of a record's schema as it was written by, for programs in other languages. It refers to no other file: every type
 * that it uses stands in it.
 *
 * @param record such as {@code LabeledExample}
 * @param number 1, 2, 3 …; the largest is what this program writes
 * @param fingerprint CRC-64-AVRO of its parsing canonical form, 16 hex digits
 * @param json its text
 */
public record WireSchema(String record, int number, String fingerprint, String json) {

  private static final List<WireSchema> SHIPPED =
      SchemaHistory.files().stream().map(WireSchema::of).toList();

  /** Every version of every record that was ever written. */
  public static List<WireSchema> shipped() {
    return SHIPPED;
  }

  /** By record and number, such as {@code Task.1}; by record alone, the newest; or by fingerprint. */
  public static Optional<WireSchema> find(String name) {
    return SHIPPED.stream()
        .filter(
            it -> name.equals(it.record) || name.equals(it.name()) || name.equals(it.fingerprint))
        .max(Comparator.comparingInt(WireSchema::number));
  }

  /** Record and number, such as {@code Task.1}. */
  public String name() {
    return record + "." + number;
  }

  private static WireSchema of(String file) {
    String[] parts = file.split("\\.", 3);
    String json = SchemaHistory.text(file);
    long fingerprint = SchemaHistory.fingerprint(SchemaHistory.parse(json));
    return new WireSchema(
        parts[0],
        Integer.parseInt(parts[1]),
        String.format(Locale.ROOT, "%016x", fingerprint),
        json);
  }
}
