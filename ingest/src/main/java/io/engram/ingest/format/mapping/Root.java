package io.engram.ingest.format.mapping;

import io.engram.ingest.format.tree.Named;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a path starts. */
enum Root {
  /** The data of the record; what a path starts at that names nothing else. */
  VALUE,
  /** The record's key. */
  KEY,
  /** The record's headers, by name. */
  HEADER,
  /** What the envelope says about the data: CloudEvents' attributes, Debezium's {@code op}, {@code source}, … */
  ENVELOPE,
  /** The topic's name. */
  TOPIC,
  /** The record's time in milliseconds. */
  TIMESTAMP;

  /** E.g. {@code $value}. */
  String word() {
    return "$" + name().toLowerCase(Locale.ROOT);
  }

  static Optional<Root> of(String word) {
    return Arrays.stream(values()).filter(root -> root.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Root::word).toList();
  }

  /**
   * The node to start at.
   *
   * @param whole whether the path ends here
   */
  @Nullable Object in(Scope scope, boolean whole) {
    return switch (this) {
      case VALUE -> scope.value();
      case KEY -> whole ? text(scope.record().key()) : scope.key();
      case HEADER -> headers(scope);
      case ENVELOPE -> scope.envelope();
      case TOPIC -> scope.record().place().topic();
      case TIMESTAMP -> scope.record().timestamp();
    };
  }

  private static Named headers(Scope scope) {
    return name -> text(scope.record().headers().last(name));
  }

  /** As text where it is text, else as bytes. */
  private static @Nullable Object text(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return ByteBuffer.wrap(bytes);
    }
  }
}
