package io.engram.benchmarks.learning;

import io.engram.core.meta.MetaState;
import io.engram.core.meta.Moments;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * How far a training run has come.
 *
 * @param state θ and what moves it
 * @param carried the inner Adam's moments; empty where they are not carried
 * @param seconds spent training so far
 */
record Checkpoint(MetaState state, Moments carried, double seconds) {

  private static final String FORMAT = "engram-bench-1";

  /** Puts it in place of the one before, whole or not at all. */
  void write(Path file, String identity) {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(partial)))) {
        out.writeUTF(FORMAT);
        out.writeUTF(identity);
        out.writeDouble(seconds);
        out.writeLong(state.updates());
        write(out, state.theta());
        write(out, state.moments());
        write(out, state.stepSizes());
        write(out, state.stepSizeMoments());
        write(out, carried);
      }
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the checkpoint " + file, e);
    }
  }

  /**
   * The one in {@code file}, or empty if there is none.
   *
   * @throws IllegalStateException if it belongs to another run
   */
  static Optional<Checkpoint> read(Path file, String identity) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (!in.readUTF().equals(FORMAT) || !in.readUTF().equals(identity)) {
        throw new IllegalStateException(
            "the checkpoint %s is of a run with other settings; remove it or give another --state"
                .formatted(file));
      }
      double seconds = in.readDouble();
      long updates = in.readLong();
      MetaState state = new MetaState(floats(in), moments(in), floats(in), moments(in), updates);
      return Optional.of(new Checkpoint(state, moments(in), seconds));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read the checkpoint %s; remove it to begin anew".formatted(file), e);
    }
  }

  private static void write(DataOutputStream out, Moments moments) throws IOException {
    write(out, moments.first());
    write(out, moments.second());
    out.writeLong(moments.steps());
  }

  private static void write(DataOutputStream out, float[] values) throws IOException {
    out.writeInt(values.length);
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  private static Moments moments(DataInputStream in) throws IOException {
    return new Moments(floats(in), floats(in), in.readLong());
  }

  private static float[] floats(DataInputStream in) throws IOException {
    float[] values = new float[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }
}
