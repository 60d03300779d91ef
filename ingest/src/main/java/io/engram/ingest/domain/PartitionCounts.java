package io.engram.ingest.domain;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became of the examples of one partition since its log began. One thread writes, any may read. */
public final class PartitionCounts {

  /** Beside one count per category of rejection. */
  public enum Total {
    EXAMPLES,
    TASKS,
    OPEN,
    /** Rejected, and not written to the rejected once more. */
    GIVEN_UP,
    /** Came when their window had been closed. */
    LATE,
    /** Examples without a label, which are no examples to ingest. */
    QUESTIONS
  }

  private final Map<String, AtomicLong> byName =
      Stream.concat(
              Stream.of(Total.values()).map(PartitionCounts::name),
              Stream.of(Category.values()).map(PartitionCounts::name))
          .collect(Collectors.toUnmodifiableMap(Function.identity(), name -> new AtomicLong()));

  public AtomicLong of(Total total) {
    return named(name(total));
  }

  public AtomicLong rejected(Category category) {
    return named(name(category));
  }

  /** All of them, by the names they are stored under. */
  public Map<String, AtomicLong> byName() {
    return byName;
  }

  /** By the name it is stored under. */
  AtomicLong named(String name) {
    AtomicLong count = byName.get(name);
    if (count == null) {
      throw new IllegalStateException("no count is called " + name);
    }
    return count;
  }

  /** The name a total is stored under. */
  public static String name(Total total) {
    return total.name().toLowerCase(Locale.ROOT);
  }

  /** The name that the count of a category is stored under. */
  public static String name(Category category) {
    return rejectedName(category.word());
  }

  /** The same for a category's word. */
  public static String rejectedName(String word) {
    return "rejected/" + word;
  }
}
