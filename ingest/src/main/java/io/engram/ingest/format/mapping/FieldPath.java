package io.engram.ingest.format.mapping;

import io.engram.ingest.format.tree.Nodes;
import io.engram.ingest.format.tree.Spelling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to a node, such as {@code a.b[0].c}, {@code 'odd name'.x} or {@code $key.id}.
 *
 * @param root where it starts
 * @param steps from there on
 * @param text as it was written
 */
record FieldPath(Root root, List<Step> steps, String text) {

  /** From a node to the next. */
  sealed interface Step {

    /** To the field of a name. */
    record Field(String name) implements Step {}

    /** To the element at an index, counted from 0. */
    record Element(int index) implements Step {}
  }

  FieldPath {
    steps = List.copyOf(steps);
  }

  /** The node; null where it is null or there is none. */
  @Nullable Object find(Scope scope) {
    Object node = root.in(scope, steps.isEmpty());
    for (Step step : steps) {
      node = next(node, step);
    }
    return node;
  }

  /**
   * The node, which must be there.
   *
   * @throws Unfit if it is not, saying where the way ends
   */
  Object require(Scope scope) {
    Object node = root.in(scope, steps.isEmpty());
    for (Step step : steps) {
      Object next = next(node, step);
      if (next == null) {
        throw new Unfit("'%s' is missing: %s".formatted(text, why(node, step)));
      }
      node = next;
    }
    if (node == null) {
      throw new Unfit("'%s' is missing: %s".formatted(text, nothingAt()));
    }
    return node;
  }

  /** Whether it leads into the record's key, which has to be read for it. */
  boolean intoKey() {
    return root == Root.KEY && !steps.isEmpty();
  }

  private String nothingAt() {
    return switch (root) {
      case KEY -> "the record has no key";
      case ENVELOPE -> "the record has no envelope";
      default -> "the data are null";
    };
  }

  private static @Nullable Object next(@Nullable Object node, Step step) {
    return step instanceof Step.Field field
        ? Nodes.field(node, field.name())
        : Nodes.element(node, ((Step.Element) step).index());
  }

  private String why(@Nullable Object node, Step step) {
    if (node == null) {
      return nothingAt();
    }
    if (step instanceof Step.Element element) {
      return "no element [%d] in %s".formatted(element.index(), Nodes.kind(node));
    }
    String name = ((Step.Field) step).name();
    if (!Nodes.hasFields(node)) {
      return "no field '%s' in %s".formatted(name, Nodes.kind(node));
    }
    List<String> names = Nodes.names(node);
    if (names.contains(name)) {
      return "field '%s' is null".formatted(name);
    }
    return names.isEmpty()
        ? "there is no '%s'".formatted(name)
        : "no field '%s' among %s%s"
            .formatted(name, String.join(", ", names), Spelling.hint(name, names));
  }
}
