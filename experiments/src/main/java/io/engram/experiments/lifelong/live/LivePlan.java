package io.engram.experiments.lifelong.live;

import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.source.omniglot.OmniglotArchives;
import io.engram.core.network.NetworkPresets;
import io.engram.core.network.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a run depends on beside its arm and its seed.
 *
 * @param filters of each of the four convolutions
 * @param task what a session is, and a question of an exam
 * @param early alphabets that are seen only at the beginning
 * @param stretches how the stream is cut
 * @param questions of an exam about each alphabet
 * @param memory tasks that are remembered
 * @param assignments more {@code key=value} of the configuration, the user's own
 */
public record LivePlan(
    int filters,
    FewShot task,
    int early,
    Stretches stretches,
    int questions,
    int memory,
    List<String> assignments) {

  private static final FewShot TASK = new FewShot(5, 1, 5);

  public LivePlan {
    assignments = List.copyOf(assignments);
  }

  /**
   * Stretches of a stream, one alphabet each.
   *
   * @param count how many
   * @param sessions of each, whole groups of the learner
   * @param perExam stretches between two exams; a candidate is published there
   */
  public record Stretches(int count, int sessions, int perExam) {

    public Stretches {
      if (sessions % Arm.GROUP != 0 || count % perExam != 0) {
        throw new IllegalArgumentException(
            "a stretch is whole groups of %d sessions and a stream whole rounds of %d stretches; found %d sessions and %d stretches"
                .formatted(Arm.GROUP, perExam, sessions, count));
      }
    }

    int sessionsPerExam() {
      return perExam * sessions;
    }
  }

  /** The run whose figures are quoted. */
  public static LivePlan whole(List<String> assignments) {
    return new LivePlan(32, TASK, 6, new Stretches(40, 32, 2), 20, 320, assignments);
  }

  /** A smoke figure. */
  public static LivePlan quick(List<String> assignments) {
    return new LivePlan(8, TASK, 2, new Stretches(8, 8, 4), 2, 16, assignments);
  }

  /** Whether its figures are to be held against the goals. */
  boolean aims() {
    return equals(whole(List.of()));
  }

  int exams() {
    return stretches.count / stretches.perExam;
  }

  /** The exam at a quarter of the stream, or right before. */
  int quarter() {
    return Math.max(1, exams() / 4);
  }

  /** Whether adaptation curves are taken at exam {@code number}. */
  boolean takesCurves(int number) {
    return number == quarter() || number == exams();
  }

  /** Sessions until exam {@code number} = 1, 2 …. */
  int sessionsUntil(int number) {
    return number * stretches.sessionsPerExam();
  }

  /** The configuration of {@code engram run} for this stream. */
  Settings settings(Arm arm, long seed, Path state) {
    Layers layers =
        Layers.none().withPreset("omniglot").withOption("state-dir", "--runs", state.toString());
    for (String assignment : assignments(arm, seed)) {
      layers = layers.withAssignment(assignment);
    }
    return Settings.load(layers);
  }

  /** As it stands in the files of sittings. */
  @Override
  public String toString() {
    return "LivePlan[filters=%s, task=%s, early=%s, stretches=%s, sessionsPerStretch=%s, stretchesPerExam=%s, questions=%s, memory=%s, assignments=%s]"
        .formatted(
            filters,
            task,
            early,
            stretches.count,
            stretches.sessions,
            stretches.perExam,
            questions,
            memory,
            assignments);
  }

  List<String> assignments(Arm arm, long seed) {
    int between = stretches.sessionsPerExam();
    Shape.Image image = new Shape.Image(1, OmniglotArchives.SIDE, OmniglotArchives.SIDE);
    List<String> all =
        new ArrayList<>(
            List.of(
                "seed=" + seed,
                "broker.port=0",
                "ingest.grouping.size=" + task.examples(),
                "ingest.split.shots=" + task.shots(),
                // A curve shows what was learned, not what a gate let through.
                "registry.promotion=always",
                "learner.network=" + NetworkPresets.conv4(image, filters, task.ways()),
                "learner.inner-steps=1",
                "learner.inner-step-size=0.4",
                "learner.learned-steps=per-tensor",
                "learner.memory-capacity=" + memory,
                "learner.publish-every=" + between / Arm.GROUP,
                "learner.window=" + between,
                "learner.score-untrained=false"));
    all.addAll(arm.assignments());
    all.addAll(assignments);
    return all;
  }
}
