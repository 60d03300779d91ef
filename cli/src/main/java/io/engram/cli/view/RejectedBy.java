package io.engram.cli.view;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was rejected, by why.
 *
 * @param count of all
 * @param reasons by a word for each, such as {@code not-a-number}; may lack some where there are very many
 */
public record RejectedBy(long count, Map<String, Reason> reasons) {

  /** Nothing. */
  public static final RejectedBy NONE = new RejectedBy(0, Map.of());

  public RejectedBy {
    reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
  }

  /**
   * One way to be wrong.
   *
   * @param count how often
   * @param first what was said of the first
   */
  public record Reason(long count, String first) {

    /** One more, of which something else may have been said. */
    public Reason more() {
      return new Reason(count + 1, first);
    }
  }

  /** The commonest first. */
  public List<Map.Entry<String, Reason>> commonest() {
    return reasons.entrySet().stream()
        .sorted(
            Comparator.comparing(
                    (Map.Entry<String, Reason> it) -> it.getValue().count(),
                    Comparator.reverseOrder())
                .thenComparing(Map.Entry::getKey))
        .toList();
  }
}
