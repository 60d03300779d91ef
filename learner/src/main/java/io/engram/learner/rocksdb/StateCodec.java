package io.engram.learner.rocksdb;

import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.evaluation.TaskScore;
import io.engram.core.lifelong.LifelongState;
import io.engram.core.lifelong.Progress;
import io.engram.core.lifelong.RunningScale;
import io.engram.core.meta.Moments;
import io.engram.learner.agent.Publication;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The small part of the learner's state, everything but the parameter arrays, as bytes. Big-endian, fields in the order below; any
 * change of it is a new {@link StoreFormat#VERSION}.
 */
final class StateCodec {

  private StateCodec() {}

  /** The state without θ, α and moments, which are stored beside it as plain arrays. */
  record Bookkeeping(
      long updates,
      long momentSteps,
      long stepSizeMomentSteps,
      Progress progress,
      List<String> labels,
      @Nullable RunningScale inputScale,
      @Nullable RunningScale targetScale,
      long scoredTasks,
      List<TaskScore> firstScores,
      List<TaskScore> lastScores,
      Publication publication) {

    static Bookkeeping of(LifelongState state, Publication publication) {
      Moments moments = state.meta().moments();
      return new Bookkeeping(
          state.meta().updates(),
          moments.steps(),
          state.meta().stepSizeMoments().steps(),
          state.progress(),
          state.labels(),
          state.inputScale(),
          state.targetScale(),
          state.scores().tasks(),
          state.scores().firstScores(),
          state.scores().lastScores(),
          publication);
    }
  }

  static byte[] encode(Bookkeeping books) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(books.updates);
      out.writeLong(books.momentSteps);
      out.writeLong(books.stepSizeMomentSteps);
      writeProgress(out, books.progress);
      out.writeInt(books.labels.size());
      for (String label : books.labels) {
        out.writeUTF(label);
      }
      writeScale(out, books.inputScale);
      writeScale(out, books.targetScale);
      out.writeLong(books.scoredTasks);
      writeScores(out, books.firstScores);
      writeScores(out, books.lastScores);
      writeOptional(out, books.publication.candidateId());
      writeOptional(out, books.publication.parentId());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IOException if the bytes end too early or contradict themselves
   */
  static Bookkeeping decode(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return new Bookkeeping(
          in.readLong(),
          in.readLong(),
          in.readLong(),
          readProgress(in),
          readLabels(in),
          readScale(in),
          readScale(in),
          in.readLong(),
          readScores(in),
          readScores(in),
          new Publication(readOptional(in), readOptional(in)));
    }
  }

  private static void writeProgress(DataOutputStream out, Progress progress) throws IOException {
    Map<Integer, Long> sorted = new TreeMap<>(progress.nextOffsets());
    out.writeInt(sorted.size());
    for (Map.Entry<Integer, Long> entry : sorted.entrySet()) {
      out.writeInt(entry.getKey());
      out.writeLong(entry.getValue());
    }
    out.writeLong(progress.groups());
    out.writeLong(progress.tasks());
    out.writeLong(progress.examples());
    out.writeLong(progress.refused());
    out.writeLong(progress.newestTaskAt());
  }

  private static Progress readProgress(DataInputStream in) throws IOException {
    Map<Integer, Long> offsets = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      int partition = in.readInt();
      offsets.put(partition, in.readLong());
    }
    return new Progress(
        offsets, in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }

  private static List<String> readLabels(DataInputStream in) throws IOException {
    List<String> labels = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      labels.add(in.readUTF());
    }
    return labels;
  }

  static void writeScale(DataOutputStream out, @Nullable RunningScale scale) throws IOException {
    out.writeInt(scale == null ? -1 : scale.mean().length);
    if (scale != null) {
      out.writeLong(scale.count());
      for (double mean : scale.mean()) {
        out.writeDouble(mean);
      }
      for (double square : scale.squares()) {
        out.writeDouble(square);
      }
    }
  }

  static @Nullable RunningScale readScale(DataInputStream in) throws IOException {
    int columns = in.readInt();
    if (columns < 0) {
      return null;
    }
    long count = in.readLong();
    double[] mean = new double[columns];
    double[] squares = new double[columns];
    for (int i = 0; i < columns; i++) {
      mean[i] = in.readDouble();
    }
    for (int i = 0; i < columns; i++) {
      squares[i] = in.readDouble();
    }
    return new RunningScale(mean, squares, count);
  }

  private static void writeScores(DataOutputStream out, List<TaskScore> scores) throws IOException {
    out.writeInt(scores.size());
    for (TaskScore score : scores) {
      for (ScoreColumn column : ScoreColumn.values()) { // a column more is a new store format
        out.writeDouble(score.of(column));
      }
    }
  }

  private static List<TaskScore> readScores(DataInputStream in) throws IOException {
    List<TaskScore> scores = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      double[] columns = new double[ScoreColumn.values().length];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = in.readDouble();
      }
      scores.add(new TaskScore(columns));
    }
    return scores;
  }

  private static void writeOptional(DataOutputStream out, @Nullable String text)
      throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      out.writeUTF(text);
    }
  }

  private static @Nullable String readOptional(DataInputStream in) throws IOException {
    return in.readBoolean() ? in.readUTF() : null;
  }
}
