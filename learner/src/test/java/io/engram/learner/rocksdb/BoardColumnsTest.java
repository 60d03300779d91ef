package io.engram.learner.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.evaluation.PrequentialScores;
import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.evaluation.TaskScore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoardColumnsTest {

  @Test
  void whereNoTaskHasAnyThereIsNothing() throws IOException {
    assertThat(written(scores(5, false))).isEmpty();
    assertThat(BoardColumns.follow(input(new byte[0]))).isFalse();
  }

  @Test
  void theyComeBack() throws IOException {
    PrequentialScores scores = scores(5, true);
    DataInputStream in = input(written(scores));
    assertThat(BoardColumns.follow(in)).isTrue();
    PrequentialScores read = BoardColumns.read(in, 5, without(scores, 5));
    assertThat(read.firstScores()).isEqualTo(scores.firstScores());
    assertThat(read.lastScores()).isEqualTo(scores.lastScores());
    assertThat(read.tasks()).isEqualTo(scores.tasks());
  }

  @Test
  void aShorterWindowKeepsTheOldestOfTheFirstAndTheNewestOfTheLast() throws IOException {
    PrequentialScores scores = scores(5, true);
    PrequentialScores read = BoardColumns.read(input(written(scores)), 2, without(scores, 2));
    assertThat(read.firstScores()).isEqualTo(scores.firstScores().subList(0, 2));
    assertThat(read.lastScores()).isEqualTo(scores.lastScores().subList(3, 5));
  }

  private static PrequentialScores scores(int window, boolean board) {
    PrequentialScores scores = new PrequentialScores(window);
    for (int i = 1; i <= 8; i++) {
      scores.add(
          board ? new TaskScore(i, 2 * i, Double.NaN, 3 * i, 4 * i) : new TaskScore(i, 2 * i));
    }
    return scores;
  }

  /** As the part before them gives the scores. */
  private static PrequentialScores without(PrequentialScores scores, int window) {
    return PrequentialScores.restore(
        window, fixed(scores.firstScores()), fixed(scores.lastScores()), scores.tasks());
  }

  private static List<TaskScore> fixed(List<TaskScore> scores) {
    return scores.stream()
        .map(
            score ->
                new TaskScore(
                    score.model(), score.untrained(), score.of(ScoreColumn.NEAREST_NEIGHBOUR)))
        .toList();
  }

  private static byte[] written(PrequentialScores scores) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BoardColumns.write(new DataOutputStream(bytes), scores);
    return bytes.toByteArray();
  }

  private static DataInputStream input(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
