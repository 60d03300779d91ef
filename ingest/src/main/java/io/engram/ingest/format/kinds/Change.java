package io.engram.ingest.format.kinds;

import io.engram.ingest.format.tree.Nodes;
import io.engram.ingest.format.tree.Parsed;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens what Debezium says about a change of a row: the row after it. The envelope may itself lie in Kafka Connect's ({@code schema} and {@code
 * payload}), or have been taken away, and then there is the row alone.
 */
final class Change {

  private static final Set<String> WITH_ROW = Set.of("c", "u", "r");
  private static final Set<String> WITHOUT_ROW = Set.of("d", "t", "m");

  private Change() {}

  /** Whether a tree is a change with its envelope. */
  static boolean is(@Nullable Object root) {
    Object payload = connect(root) ? Nodes.field(root, "payload") : root;
    return Nodes.field(payload, "op") instanceof CharSequence
        && (Nodes.names(payload).contains("after") || Nodes.names(payload).contains("before"));
  }

  static boolean connect(@Nullable Object root) {
    List<String> names = Nodes.names(root);
    return names.size() == 2 && names.contains("schema") && names.contains("payload");
  }

  static Opened open(@Nullable Object root) {
    Object payload = connect(root) ? Nodes.field(root, "payload") : root;
    if (payload == null) {
      return Opened.bare(tombstone());
    }
    return is(payload) ? change(payload) : row(payload);
  }

  private static Opened change(Object payload) {
    String op = String.valueOf(Nodes.field(payload, "op"));
    if (WITHOUT_ROW.contains(op)) {
      return new Opened(new Parsed.Deletion("a change '%s' leaves no row".formatted(op)), payload);
    }
    if (!WITH_ROW.contains(op)) {
      return Opened.refused(
          "the change is called '%s', expected c, u, r, d, t or m"
              .formatted(op.length() <= 20 ? op : op.substring(0, 20) + "…"));
    }
    Object after = Nodes.field(payload, "after");
    return after == null
        ? Opened.refused("a change '%s' without the row after it".formatted(op))
        : new Opened(new Parsed.Tree(after), payload);
  }

  private static Opened row(Object row) {
    Object deleted = Nodes.field(row, "__deleted");
    return deleted != null && deleted.toString().equals("true")
        ? Opened.bare(new Parsed.Deletion("a row marked __deleted"))
        : Opened.bare(new Parsed.Tree(row));
  }

  static Parsed.Deletion tombstone() {
    return new Parsed.Deletion("a tombstone: a key without a value");
  }
}
