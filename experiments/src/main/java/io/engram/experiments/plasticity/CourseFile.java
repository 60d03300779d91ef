package io.engram.experiments.plasticity;

import io.engram.core.compute.stream.SparseInput;
import io.engram.core.continual.ContinualState;
import io.engram.core.continual.Kept;
import io.engram.core.continual.StreamExample;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a learner was put down. Written anew after every task and moved into its place, so that there always is a whole one. */
final class CourseFile {

  private final Path file;
  private final String identity;

  /**
   * A file that may not exist yet.
   *
   * @param identity all that the course depends on; a file of another one is not read
   */
  CourseFile(Path file, String identity) {
    this.file = file;
    this.identity = identity;
  }

  /**
   * How far it came, and all that the learner is.
   *
   * @param theta [parameters] in layout order
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not kept
  record Place(Progress progress, float[] theta, ContinualState state) {}

  /** Where it was put down, if it was the same course. */
  Optional<Place> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (!in.readUTF().equals(identity)) {
        return Optional.empty();
      }
      Progress progress = new Progress(doubles(in), doubles(in));
      return Optional.of(new Place(progress, floats(in), state(in)));
    } catch (EOFException e) {
      throw new IOException(file + " ends too early; delete it to begin anew", e);
    }
  }

  void write(Place place) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(next), 1 << 16))) {
      out.writeUTF(identity);
      put(out, place.progress().right());
      put(out, place.progress().seconds());
      put(out, place.theta());
      put(out, place.state());
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void put(DataOutputStream out, ContinualState state) throws IOException {
    out.writeInt(state.vectors().size());
    for (Map.Entry<String, float[]> vector : state.vectors().entrySet()) {
      out.writeUTF(vector.getKey());
      put(out, vector.getValue());
    }
    out.writeInt(state.counts().size());
    for (Map.Entry<String, Long> count : state.counts().entrySet()) {
      out.writeUTF(count.getKey());
      out.writeLong(count.getValue());
    }
    out.writeInt(state.memory().size());
    for (Kept kept : state.memory()) {
      SparseInput input = kept.example().input();
      out.writeInt(input.size());
      put(out, input.indices());
      put(out, input.values());
      out.writeInt(kept.example().label());
      put(out, kept.logits());
    }
  }

  private static ContinualState state(DataInputStream in) throws IOException {
    Map<String, float[]> vectors = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      vectors.put(in.readUTF(), floats(in));
    }
    Map<String, Long> counts = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      counts.put(in.readUTF(), in.readLong());
    }
    List<Kept> memory = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      SparseInput input = new SparseInput(in.readInt(), ints(in), floats(in));
      memory.add(new Kept(new StreamExample(input, in.readInt()), floats(in)));
    }
    return new ContinualState(vectors, counts, memory);
  }

  private static void put(DataOutputStream out, float[] values) throws IOException {
    out.writeInt(values.length);
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  private static void put(DataOutputStream out, int[] values) throws IOException {
    out.writeInt(values.length);
    for (int value : values) {
      out.writeInt(value);
    }
  }

  private static void put(DataOutputStream out, double[] values) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  private static float[] floats(DataInputStream in) throws IOException {
    float[] values = new float[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }

  private static int[] ints(DataInputStream in) throws IOException {
    int[] values = new int[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readInt();
    }
    return values;
  }

  private static double[] doubles(DataInputStream in) throws IOException {
    double[] values = new double[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }
}
