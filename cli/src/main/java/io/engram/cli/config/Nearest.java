package io.engram.cli.config;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody meant who wrote a word that does not exist. */
final class Nearest {

  private Nearest() {}

  /** The word that is the fewest edits away, the first in order of several. */
  static String to(String unknown, Collection<String> words) {
    return words.stream()
        .min(
            Comparator.<String>comparingInt(word -> edits(unknown, word))
                .thenComparing(word -> word))
        .orElseThrow();
  }

  static int edits(String left, String right) {
    return LevenshteinDistance.getDefaultInstance().apply(left, right);
  }
}
