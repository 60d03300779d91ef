package io.engram.cli.source;

import io.engram.core.kind.Kinds;
import java.util.List;
import java.util.Optional;

/** The sources on the class path, by name. */
public final class SourceKinds {

  private SourceKinds() {}

  /**
   * All kinds, by name.
   *
   * @throws IllegalStateException if one of them cannot be loaded, or two have one name
   */
  public static List<SourceKind> all() {
    return Kinds.all(SourceKind.class, "a source", "sources");
  }

  /** The kind of this name, if there is one. */
  public static Optional<SourceKind> named(String name) {
    return Kinds.named(name, all());
  }

  /** The names of all kinds, in order. */
  public static List<String> names() {
    return all().stream().map(SourceKind::name).toList();
  }
}
