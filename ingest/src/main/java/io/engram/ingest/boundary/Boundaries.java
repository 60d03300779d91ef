package io.engram.ingest.boundary;

import io.engram.schemas.avro.LabeledExample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Looks at the examples of a key one after another for the boundary between two tasks. All that it knows of a key is the bytes it gives back. Safe
 * for use by many threads.
 */
public final class Boundaries {

  private static final byte FORMAT = 1;

  /** Of Page and Hinkley's test: what the statistic may rise above its mean. */
  private static final double SLACK = 0.05;

  private final BoundaryRules rules;

  public Boundaries(BoundaryRules rules) {
    this.rules = rules;
  }

  /**
   * What an example says.
   *
   * @param found whether a boundary was found with it
   * @param latest how many examples before it are after the boundary
   */
  public record Verdict(boolean found, int latest) {

    /** No boundary. */
    public static final Verdict NONE = new Verdict(false, 0);

    static Verdict of(int after) {
      return after < 0 ? NONE : new Verdict(true, Math.max(0, after - 1));
    }
  }

  /**
   * A verdict, and what is known then.
   *
   * @param state to be given back with the next example
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Seen(Verdict verdict, byte[] state) {}

  /**
   * Looks at the next example.
   *
   * @param state what the last one's {@link Seen} says; empty for the first
   */
  public Seen look(byte[] state, LabeledExample example) {
    Observation observation = Observation.of(example);
    boolean regression = !Double.isNaN(observation.target());
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 10);
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(FORMAT);
      out.writeUTF(rules.detector().name());
      out.writeUTF(rules.on().name());
      out.writeBoolean(regression);
      out.writeInt(observation.sketch().length);
      boolean goesOn = startsWith(state, bytes.toByteArray());
      DataInputStream in =
          new DataInputStream(
              new ByteArrayInputStream(
                  goesOn ? state : new byte[0],
                  Math.min(bytes.size(), state.length),
                  state.length));
      int after =
          rules.detector() == DetectorKind.BAYES
              ? bayes(observation, goesOn, in, out)
              : numbers(observation, goesOn, in, out);
      return new Seen(Verdict.of(after), bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("what is known of a key's boundaries is damaged", e);
    }
  }

  /** Of other features, other labels or another detector nothing is known. */
  private static boolean startsWith(byte[] state, byte[] head) {
    if (state.length < head.length) {
      return false;
    }
    for (int i = 0; i < head.length; i++) {
      if (state[i] != head[i]) {
        return false;
      }
    }
    return true;
  }

  private int bayes(
      Observation observation, boolean goesOn, DataInputStream in, DataOutputStream out)
      throws IOException {
    int size = observation.sketch().length;
    boolean labels = rules.on() != Statistic.FEATURES;
    out.writeInt(rules.window());
    RunLengths runs =
        goesOn && in.readInt() == rules.window()
            ? new RunLengths(rules.hazard(), rules.window(), labels, size, in)
            : new RunLengths(rules.hazard(), rules.window(), labels, size);
    int after = runs.add(observation);
    runs.write(out);
    return after;
  }

  private int numbers(
      Observation observation, boolean goesOn, DataInputStream in, DataOutputStream out)
      throws IOException {
    boolean regression = !Double.isNaN(observation.target());
    Yardstick yardstick = goesOn ? yardstick(regression, in) : yardstick(regression);
    ChangeDetector detector = goesOn ? detector(in) : detector();
    double measured = yardstick.measure(observation);
    int after = Double.isNaN(measured) ? ChangeDetector.NONE : detector.add(measured);
    if (after == ChangeDetector.NONE) {
      yardstick.write(out);
    } else {
      // Another task has begun: what was known is of the one before.
      Yardstick fresh = yardstick(regression);
      double unused = fresh.measure(observation);
      fresh.write(out);
    }
    detector.write(out);
    return after;
  }

  private Yardstick yardstick(boolean regression) {
    return switch (rules.on()) {
      case LOSS -> regression ? new LineError() : new ClassMeans();
      case FEATURES -> new FeatureDistance();
      case LABELS -> new LabelSurprise();
    };
  }

  private Yardstick yardstick(boolean regression, DataInputStream in) throws IOException {
    return switch (rules.on()) {
      case LOSS -> regression ? new LineError(in) : new ClassMeans(in);
      case FEATURES -> new FeatureDistance(in);
      case LABELS -> new LabelSurprise(in);
    };
  }

  private ChangeDetector detector() {
    return switch (rules.detector()) {
      case ADWIN -> new Adwin(rules.confidence());
      case PAGE_HINKLEY -> new PageHinkley(SLACK, rules.threshold());
      case KSWIN -> new Kswin(rules.confidence(), rules.window());
      case BAYES -> throw new IllegalStateException("it looks at more than a number");
    };
  }

  private ChangeDetector detector(DataInputStream in) throws IOException {
    return switch (rules.detector()) {
      case ADWIN -> new Adwin(rules.confidence(), in);
      case PAGE_HINKLEY -> new PageHinkley(SLACK, rules.threshold(), in);
      case KSWIN -> new Kswin(rules.confidence(), rules.window(), in);
      case BAYES -> throw new IllegalStateException("it looks at more than a number");
    };
  }
}
