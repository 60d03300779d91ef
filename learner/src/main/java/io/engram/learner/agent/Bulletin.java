package io.engram.learner.agent;

import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.evaluation.ScoreWindow;
import io.engram.model.Measure;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line of the log on how the learning goes: at the first candidate, and then at most once a minute. */
final class Bulletin {

  private static final Logger LOG = LoggerFactory.getLogger(Bulletin.class);
  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private final Measure measure;
  private Optional<Long> toldNanos = Optional.empty();

  Bulletin(Measure measure) {
    this.measure = measure;
  }

  /**
   * A candidate was published.
   *
   * @param nanos now, by {@link System#nanoTime}
   * @param tasks learned from, ever
   * @param lag tasks that wait
   */
  void published(long nanos, String candidate, long tasks, ScoreWindow scores, long lag) {
    if (toldNanos.filter(it -> nanos - it < PAUSE_NANOS).isPresent()) {
      return;
    }
    toldNanos = Optional.of(nanos);
    LOG.info("{}", line(candidate, tasks, scores, lag));
  }

  String line(String candidate, long tasks, ScoreWindow scores, long lag) {
    Contest contest = Contest.of(scores, measure);
    return "published candidate %s after %d tasks: %s of the last %d %s, best of the others %s (%s), lag %d"
        .formatted(
            candidate,
            tasks,
            measure.words(),
            scores.tasks(),
            measure.format(contest.model()),
            measure.format(contest.rivalScore()),
            contest.rival().map(ScoreColumn::words).orElse("none yet"),
            lag);
  }
}
