package io.engram.learner;

import io.engram.core.continual.ConsolidatingReplay;
import io.engram.core.continual.ContinualBackprop;
import io.engram.core.continual.ContinualMaml;
import io.engram.core.continual.DurableSettings;
import io.engram.core.continual.ExperienceReplay;
import io.engram.core.continual.LaMaml;
import io.engram.core.continual.LaMaml.Variant;
import io.engram.core.continual.MetaExperienceReplay;
import io.engram.core.continual.OnlineSgd;
import io.engram.core.continual.SessionReplay;
import io.engram.core.continual.ShrinkAndPerturb;
import io.engram.core.continual.Teacher;
import io.engram.core.learning.Basics;
import io.engram.core.learning.HoldOut;
import io.engram.core.learning.StreamSettings;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.schemas.Tensors;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.ExampleBlock;
import io.engram.schemas.avro.Task;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A stream for continual learners: four classes of points around centres that move on every hundred tasks, so that what was learned first
 * is forgotten by what protects nothing. Each task is a function of its number.
 */
public final class DriftingClasses {

  public static final int INPUTS = 12;
  public static final int EXAMPLES = 10;

  /** One in seven: after some fifty tasks more than are kept. */
  public static final HoldOut HELD_OUT = new HoldOut(0.15, 55);

  private static final List<String> CLASSES = List.of("a", "b", "c", "d");
  private static final int TASKS_OF_A_DOMAIN = 100;
  private static final int DOMAINS = 3;

  private DriftingClasses() {}

  /** One of each kind, small. */
  public static Stream<DurableSettings> learners() {
    return Stream.of(
        new OnlineSgd.Settings(4, 0.1f, 2),
        new ExperienceReplay.Settings(4, 6, 0.1f, 2, 30),
        new MetaExperienceReplay.Settings(0.05f, 0.3f, 0.9f, 2, 4, 30),
        new LaMaml.Settings(Variant.LA_MAML, 4, 6, 2, new LaMaml.Steps(0.1f, 0.1f, 0f, 2f), 30),
        new LaMaml.Settings(Variant.SYNC, 4, 6, 2, new LaMaml.Steps(0.1f, 0.1f, 0.1f, 2f), 30),
        new LaMaml.Settings(Variant.C_MAML, 4, 6, 2, new LaMaml.Steps(0.1f, 0f, 0.1f, 2f), 30),
        new ContinualMaml.Settings(4, 0.1f, 2, 0.05f, 0.5f, 1f, 30, false),
        new SessionReplay.Settings(4, 0.1f, 2, 6, 30, 0.5f, 0.5f, 5f),
        new ShrinkAndPerturb.Settings(4, 0.1f, 0.99f, 0.01f, 3),
        new ContinualBackprop.Settings(4, 0.1f, 0.01f, 5, 0.9f),
        new ConsolidatingReplay.Settings(
            new ConsolidatingReplay.Batch(4, 2, 8),
            new ConsolidatingReplay.Step(0.1f, 5f, 0.5f, 0.01f, 0.0001f),
            0.5f,
            new Teacher(0.4f, 2f, 0.02f),
            30),
        ours(30));
  }

  public static DurableSettings ours(int memory) {
    return new ConsolidatingReplay.Settings(
        new ConsolidatingReplay.Batch(4, 2, 8),
        new ConsolidatingReplay.Step(0.1f, 5f, 0.02f),
        0.5f,
        new Teacher(0.4f, 2f, 0.02f),
        memory);
  }

  /** Groups of 3 tasks, features standardised. */
  public static StreamSettings settings(DurableSettings learner) {
    return settings(learner, true);
  }

  public static StreamSettings settings(DurableSettings learner, boolean standardise) {
    return settings(learner, standardise, HELD_OUT);
  }

  public static StreamSettings settings(
      DurableSettings learner, boolean standardise, HoldOut holdOut) {
    NetworkSpec network =
        NetworkSpec.parse("input(%d) dense(16) relu dense(4) softmax".formatted(INPUTS));
    return new StreamSettings(
        new Basics(network, 7, false, 3, standardise, true, 50), learner, holdOut);
  }

  /** A task on the wire: one example of each class is support, six more are query. */
  public static byte[] task(int number) {
    RandomStream random = new RandomStream(number);
    int domain = number / TASKS_OF_A_DOMAIN % DOMAINS;
    Task task =
        new Task(
            "drift#" + number,
            "drift",
            (long) number,
            ClosedBy.SIZE,
            Instant.ofEpochMilli(1_000_000L + number),
            CLASSES,
            examples(new int[] {0, 1, 2, 3}, domain, random),
            examples(labels(random), domain, random),
            0,
            (long) number * EXAMPLES,
            (long) number * EXAMPLES + EXAMPLES - 1);
    return Wire.task().encode(task);
  }

  private static int[] labels(RandomStream random) {
    int[] labels = new int[EXAMPLES - CLASSES.size()];
    Arrays.setAll(labels, i -> random.nextInt(CLASSES.size()));
    return labels;
  }

  /** A point of a class in a domain. */
  public static float[] point(int label, int domain, RandomStream random) {
    float[] point = new float[INPUTS];
    for (int j = 0; j < INPUTS; j++) {
      point[j] = (float) (0.3 * random.nextGaussian());
    }
    point[4 * domain + label] += 1.5f;
    point[4 * ((domain + 1) % DOMAINS) + (label + 1) % CLASSES.size()] += 0.9f;
    return point;
  }

  private static ExampleBlock examples(int[] labels, int domain, RandomStream random) {
    float[] features = new float[labels.length * INPUTS];
    for (int i = 0; i < labels.length; i++) {
      System.arraycopy(point(labels[i], domain, random), 0, features, i * INPUTS, INPUTS);
    }
    return new ExampleBlock(
        Tensors.float32(features, labels.length, INPUTS), Tensors.int32(labels, labels.length));
  }
}
