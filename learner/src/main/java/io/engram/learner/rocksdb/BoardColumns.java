package io.engram.learner.rocksdb;

import io.engram.core.evaluation.PrequentialScores;
import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.evaluation.TaskScore;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scores of the cheap baselines and what else is noted of the model, behind everything else: their number, the sizes of the windows, then by key of the column those of the first and of the last
 * window. A program that does not know a column skips it, one that knows none never comes here, and where no task has any there is
 * nothing.
 */
final class BoardColumns {

  private BoardColumns() {}

  static void write(DataOutputStream out, PrequentialScores scores) throws IOException {
    List<ScoreColumn> columns =
        Arrays.stream(ScoreColumn.values())
            .filter(column -> column.onTheBoard() || column.aboutTheModel())
            .filter(
                column -> known(scores.firstScores(), column) || known(scores.lastScores(), column))
            .toList();
    if (columns.isEmpty()) {
      return;
    }
    out.writeInt(columns.size());
    out.writeInt(scores.firstScores().size());
    out.writeInt(scores.lastScores().size());
    for (ScoreColumn column : columns) {
      out.writeUTF(column.key());
      for (TaskScore score : scores.firstScores()) {
        out.writeDouble(score.of(column));
      }
      for (TaskScore score : scores.lastScores()) {
        out.writeDouble(score.of(column));
      }
    }
  }

  private static boolean known(List<TaskScore> scores, ScoreColumn column) {
    return scores.stream().anyMatch(score -> !Double.isNaN(score.of(column)));
  }

  /** Whether there are any; at the end of a record of before there are none. */
  static boolean follow(DataInputStream in) throws IOException {
    return in.available() > 0;
  }

  /** The scores with these columns added. */
  static PrequentialScores read(DataInputStream in, int window, PrequentialScores scores)
      throws IOException {
    List<Map<ScoreColumn, Double>> first = columns(scores.firstScores());
    List<Map<ScoreColumn, Double>> last = columns(scores.lastScores());
    int columns = in.readInt();
    int firstWritten = in.readInt();
    int lastWritten = in.readInt();
    for (int left = columns; left > 0; left--) {
      String key = in.readUTF();
      Optional<ScoreColumn> column =
          Arrays.stream(ScoreColumn.values()).filter(it -> it.key().equals(key)).findFirst();
      put(in, column, first, firstWritten, 0);
      // Of the last window the newest stay when it was made shorter.
      put(in, column, last, lastWritten, lastWritten - last.size());
    }
    return PrequentialScores.restore(window, scores(first), scores(last), scores.tasks());
  }

  private static void put(
      DataInputStream in,
      Optional<ScoreColumn> column,
      List<Map<ScoreColumn, Double>> scores,
      int written,
      int from)
      throws IOException {
    for (int i = 0; i < written; i++) {
      double value = in.readDouble();
      int place = i - from;
      if (column.isPresent() && place >= 0 && place < scores.size()) {
        scores.get(place).put(column.get(), value);
      }
    }
  }

  private static List<Map<ScoreColumn, Double>> columns(List<TaskScore> scores) {
    List<Map<ScoreColumn, Double>> columns = new ArrayList<>();
    scores.forEach(score -> columns.add(new EnumMap<>(score.byColumn())));
    return columns;
  }

  private static List<TaskScore> scores(List<Map<ScoreColumn, Double>> columns) {
    return columns.stream().map(TaskScore::new).toList();
  }
}
