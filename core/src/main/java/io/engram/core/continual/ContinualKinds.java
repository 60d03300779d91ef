package io.engram.core.continual;

import io.engram.core.kind.Kinds;
import java.util.List;
import java.util.Optional;

/** The continual learners on the class path, by name. */
public final class ContinualKinds {

  private ContinualKinds() {}

  /**
   * All kinds, by name.
   *
   * @throws IllegalStateException if one of them cannot be loaded, or two have one name
   */
  public static List<ContinualKind> all() {
    return Kinds.all(ContinualKind.class, "a continual learner", "continual learners");
  }

  /** The kind of this name, if there is one. */
  public static Optional<ContinualKind> named(String name) {
    return Kinds.named(name, all());
  }
}
