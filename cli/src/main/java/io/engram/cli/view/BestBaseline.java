package io.engram.cli.view;

import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.evaluation.ScoreWindow;
import io.engram.model.Measure;
import java.util.Arrays;
import java.util.Optional;

/** The cheap baselines beside the model: which is best, and whether learning was worth it. */
final class BestBaseline {

  private BestBaseline() {}

  /** The best baseline of a window that adapts nothing; none where none was scored. */
  static Optional<ScoreColumn> of(ScoreWindow window, Measure measure) {
    return Arrays.stream(ScoreColumn.values())
        .filter(column -> column.onTheBoard() || column == ScoreColumn.NEAREST_NEIGHBOUR)
        .filter(column -> Double.isFinite(window.of(column)))
        .reduce((a, b) -> measure.advantage(window.of(b), window.of(a)) > 0 ? b : a);
  }

  /** In plain words, that the model does not beat the best baseline; nothing where it does. */
  static Optional<String> verdict(ScoreWindow window, Measure measure) {
    return of(window, measure)
        .filter(column -> !(measure.advantage(window.model(), window.of(column)) > 0))
        .map(
            column ->
                "the model does not beat the %s: %s beside %s over the last %d tasks"
                    .formatted(
                        column.words(),
                        measure.format(window.model()),
                        measure.format(window.of(column)),
                        window.tasks()));
  }
}
