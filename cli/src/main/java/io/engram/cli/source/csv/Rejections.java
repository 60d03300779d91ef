package io.engram.cli.source.csv;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the rows that are no examples by what is wrong with them. Owned by one thread. */
final class Rejections {

  private static final int SHOWN = 3;
  private static final int MOST_KINDS = 1000;

  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private long rows;
  private long rejected;

  /** One way to be wrong: how often, and the first that was. */
  private record Kind(long count, String example) {}

  void taken() {
    rows++;
  }

  /**
   * @param kind what is alike in all that are wrong in this way
   */
  void rejected(String kind, String reason) {
    rows++;
    rejected++;
    if (kinds.containsKey(kind) || kinds.size() < MOST_KINDS) {
      kinds.merge(kind, new Kind(1, reason), (a, b) -> new Kind(a.count + 1, a.example));
    }
  }

  /** The commonest reasons with an example of each; nothing where no row was rejected. */
  List<String> words() {
    if (rejected == 0) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "%,d of %,d rows rejected%s:"
            .formatted(rejected, rows, rejected == rows ? ", so nothing is learned" : ""));
    kinds.values().stream()
        .sorted((a, b) -> Long.compare(b.count, a.count))
        .limit(SHOWN)
        .forEach(kind -> lines.add("  %,d such as %s".formatted(kind.count, kind.example)));
    if (kinds.size() > SHOWN) {
      lines.add("  the others are on the topic examples.rejected, each with its reason");
    }
    return lines;
  }
}
