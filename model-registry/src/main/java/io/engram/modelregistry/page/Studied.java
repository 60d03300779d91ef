package io.engram.modelregistry.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a version adapts to the newest tasks, and where these lie among each other. Scores are null where there is none, or none that is a
 * number.
 *
 * @param version which
 * @param tasks how many tasks the curves are over: of classes their mean, of numbers their median
 * @param rows by rows adapted on; null where no task fits the version
 * @param steps by steps on all rows; null where it is not adapted by steps
 * @param places of the tasks, the newest first
 */
public record Studied(
    long version, int tasks, @Nullable Curve rows, @Nullable Curve steps, List<Place> places) {

  public Studied {
    places = List.copyOf(places);
  }

  /**
   * Scores by effort.
   *
   * @param x rows or steps, ascending
   * @param model of the version
   * @param untrained of the same network before any learning
   * @param simple the best simple answer, named as in the metrics of a version; empty where there is none
   * @param simpleScore of that
   */
  public record Curve(
      List<Integer> x,
      List<@Nullable Double> model,
      List<@Nullable Double> untrained,
      String simple,
      List<@Nullable Double> simpleScore) {

    public Curve {
      x = List.copyOf(x);
      model = kept(model);
      untrained = kept(untrained);
      simpleScore = kept(simpleScore);
    }

    private static List<@Nullable Double> kept(List<@Nullable Double> scores) {
      return Collections.unmodifiableList(new ArrayList<>(scores));
    }
  }

  /** A task on a map whose axes are the directions in which tasks differ most. */
  public record Place(String key, double x, double y, @Nullable Double score) {}
}
