package io.engram.ingest.format.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something with fields that are looked up one by one, such as the headers of a record. */
public interface Named {

  /** A field's node; null where there is none. */
  @Nullable Object field(String name);

  /** Names that may be there, for hints; not all of them. */
  default List<String> names() {
    return List.of();
  }
}
