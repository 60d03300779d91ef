package io.engram.client;

import io.engram.core.evaluation.ScoreColumn;
import io.engram.model.Measure;
import java.util.List;
import java.util.Optional;

/**
 * How a version adapts to the newest tasks, and where these lie among each other.
 *
 * @param measure of all scores: share predicted right, or squared error in the units of the stream
 * @param tasks how many tasks the curves are over: of classes their mean, of numbers their median
 * @param rows by the number of rows adapted on, the first of each task; empty where no task fits the version
 * @param steps by the number of steps on all rows; empty where the version is not adapted by steps
 * @param places of all tasks that fit, the newest first
 */
public record Study(
    Measure measure, int tasks, Optional<Curve> rows, Optional<Curve> steps, List<Place> places) {

  public Study {
    places = List.copyOf(places);
  }

  /**
   * Scores by effort.
   *
   * @param x rows, or steps; ascending
   * @param model one score each; not finite where adapting went astray, as in the lists below
   * @param untrained of the same network before any learning, adapted in the same way; NaN where there is none
   * @param simple the simple answer that is the best with all rows; empty where there is none
   */
  public record Curve(
      List<Integer> x, List<Double> model, List<Double> untrained, Optional<Simple> simple) {

    public Curve {
      x = List.copyOf(x);
      model = List.copyOf(model);
      untrained = List.copyOf(untrained);
    }
  }

  /**
   * What needs no learning over tasks.
   *
   * @param score one each; NaN where it says nothing, as without a row
   */
  public record Simple(ScoreColumn column, List<Double> score) {

    public Simple {
      score = List.copyOf(score);
    }
  }

  /**
   * A task on a map whose axes are the directions in which tasks differ most.
   *
   * @param key whose task it is
   * @param score with all rows; NaN where there was no time for it, not finite where adapting went astray
   */
  public record Place(String key, double x, double y, double score) {}
}
