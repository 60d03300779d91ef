package io.engram.ingest.format.tree;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody meant who wrote a name that is not there. */
public final class Spelling {

  private static final int LONGEST = 60;

  private Spelling() {}

  /** {@code ; did you mean 'x'?}, or nothing where no name is near. */
  public static String hint(String unknown, Collection<String> names) {
    if (unknown.length() > LONGEST) {
      return "";
    }
    return names.stream()
        .filter(name -> name.length() <= LONGEST)
        .min(Comparator.<String>comparingInt(name -> edits(unknown, name)).thenComparing(it -> it))
        .filter(
            name ->
                edits(unknown, name) <= Math.max(1, Math.min(unknown.length(), name.length()) / 2))
        .map(name -> "; did you mean '%s'?".formatted(name))
        .orElse("");
  }

  private static int edits(String left, String right) {
    return LevenshteinDistance.getDefaultInstance().apply(left, right);
  }
}
