package io.engram.learner.rocksdb;

import io.engram.core.evaluation.PrequentialScores;
import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.evaluation.TaskScore;
import io.engram.core.learning.Progress;
import io.engram.core.learning.RunningScale;
import io.engram.core.learning.Standing;
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
 * change of it is a new {@link StoreFormat#VERSION}. {@link BoardColumns} stand at the end, where older programs do not look.
 */
final class StateCodec {

  /** The columns of the first format; all others stand behind the rest, by name. */
  private static final List<ScoreColumn> FIXED =
      List.of(ScoreColumn.MODEL, ScoreColumn.UNTRAINED, ScoreColumn.NEAREST_NEIGHBOUR);

  private StateCodec() {}

  /**
   * The state without θ, α and moments, which are stored beside it as plain arrays.
   *
   * @param momentSteps steps that θ's moments have seen; 0 where there are none
   * @param stepSizeMomentSteps the same of α
   */
  record Bookkeeping(
      long updates,
      long momentSteps,
      long stepSizeMomentSteps,
      Standing standing,
      Publication publication) {

    /** The same with other scores. */
    Bookkeeping scored(PrequentialScores scores) {
      Standing other =
          new Standing(
              scores,
              standing.labels(),
              standing.inputScale(),
              standing.targetScale(),
              standing.progress(),
              standing.guard());
      return standing(other);
    }

    /** The same standing elsewhere. */
    Bookkeeping standing(Standing other) {
      return new Bookkeeping(updates, momentSteps, stepSizeMomentSteps, other, publication);
    }
  }

  static byte[] encode(Bookkeeping books) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(books.updates);
      out.writeLong(books.momentSteps);
      out.writeLong(books.stepSizeMomentSteps);
      writeStanding(out, books.standing);
      writeOptional(out, books.publication.candidateId());
      writeOptional(out, books.publication.parentId());
      BoardColumns.write(out, books.standing.scores());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads it.
   *
   * @param window tasks in a score window
   * @throws IOException if the bytes end too early or contradict themselves
   */
  static Bookkeeping decode(byte[] bytes, int window) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Bookkeeping books =
          new Bookkeeping(
              in.readLong(),
              in.readLong(),
              in.readLong(),
              readStanding(in, window),
              new Publication(readOptional(in), readOptional(in)));
      return BoardColumns.follow(in)
          ? books.scored(BoardColumns.read(in, window, books.standing.scores()))
          : books;
    }
  }

  private static void writeStanding(DataOutputStream out, Standing standing) throws IOException {
    writeProgress(out, standing.progress());
    out.writeInt(standing.labels().size());
    for (String label : standing.labels()) {
      out.writeUTF(label);
    }
    writeScale(out, standing.inputScale());
    writeScale(out, standing.targetScale());
    out.writeLong(standing.scores().tasks());
    writeScores(out, standing.scores().firstScores());
    writeScores(out, standing.scores().lastScores());
  }

  private static Standing readStanding(DataInputStream in, int window) throws IOException {
    Progress progress = readProgress(in);
    List<String> labels = readLabels(in);
    RunningScale inputs = readScale(in);
    RunningScale targets = readScale(in);
    long tasks = in.readLong();
    List<TaskScore> first = readScores(in);
    List<TaskScore> last = readScores(in);
    return new Standing(
        PrequentialScores.restore(window, first, last, tasks), labels, inputs, targets, progress);
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
      for (ScoreColumn column : FIXED) {
        out.writeDouble(score.of(column));
      }
    }
  }

  private static List<TaskScore> readScores(DataInputStream in) throws IOException {
    List<TaskScore> scores = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      double[] columns = new double[FIXED.size()];
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
