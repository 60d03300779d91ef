package io.engram.modelregistry.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers really given.
 *
 * @param answered so many
 * @param scored of those, the ones whose label has come
 * @param score mean score of those; null while there is none
 * @param behind keys whose answers were worse than their commonest class or mean, by more than chance, the furthest first; empty where that
 *     is not known
 */
public record Live(long answered, long scored, @Nullable Double score, List<Behind> behind) {

  public Live {
    behind = List.copyOf(behind);
  }

  /**
   * A key that the simple thing would have served better.
   *
   * @param answers whose labels came
   * @param score mean score of the answers given
   * @param simple mean score of what the simple thing would have answered
   */
  public record Behind(String key, long answers, double score, double simple) {}
}
