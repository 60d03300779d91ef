package io.engram.learner.agent;

import io.engram.core.network.Head;
import io.engram.model.ColumnsNote;
import io.engram.model.Measure;
import java.util.Map;
import java.util.Optional;

/**
 * What whoever trains a model wants every version of it to say, beside what was learned.
 *
 * @param columns how the columns of a table became its examples' features, see {@link ColumnsNote}; empty if nobody says
 * @param score what versions are to be judged by; empty: as it is usual
 */
public record Wishes(String columns, Optional<Measure> score) {

  /** Nothing. */
  public static final Wishes NONE = new Wishes("", Optional.empty());

  public Wishes {
    if (columns.length() > ColumnsNote.LONGEST) {
      throw new IllegalArgumentException(
          "columns must have at most %,d characters, found %,d"
              .formatted(ColumnsNote.LONGEST, columns.length()));
    }
  }

  /**
   * Whether they fit what is predicted.
   *
   * @throws IllegalArgumentException if they do not
   */
  public void requireFits(Head head) {
    score
        .filter(it -> !it.fits(head))
        .ifPresent(
            it -> {
              throw new IllegalArgumentException(
                  "score must be one of %s for what this network predicts, found %s"
                      .formatted(Measure.keysFor(head), it.key()));
            });
  }

  Map<String, String> among(Map<String, String> hyperParameters, Head head) {
    return ColumnsNote.among(
        Measure.among(hyperParameters, score.orElse(Measure.of(head)), head), columns);
  }
}
