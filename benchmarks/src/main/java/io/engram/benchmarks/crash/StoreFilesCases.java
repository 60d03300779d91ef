package io.engram.benchmarks.crash;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.memory.StoreCommit;
import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.LearnerSettings;
import io.engram.cli.state.StateDirectory;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.memory.Offer;
import io.engram.core.task.LogPosition;
import io.engram.learner.LearnerConfig;
import io.engram.learner.rocksdb.RocksLearnerStore;
import io.engram.learner.rocksdb.RocksTaskStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The files a learner's store holds open, over as many commits as the stream brings in hours. Every filled write buffer becomes a file of
 * each column family, and four files of one family are merged: their number goes up and down over some forty thousand commits, so that a
 * stretch of real time shows one slope or another and never the truth.
 */
final class StoreFilesCases {

  private static final int COMMITS_PER_SAMPLE = 100;
  private static final double SECONDS_PER_MINUTE = 6;
  private static final double SHORTEST_JUDGED_HOURS = 4;

  /** RocksDB keeps no more of them open. */
  private static final int BOUND = 256;

  private final LearnerConfig config;
  private final TaskSettings settings;
  private final Path directory;
  private final double seconds;

  /**
   * @param minutes of the soak that it belongs to; takes a tenth of that
   */
  StoreFilesCases(Path directory, double minutes) {
    Layers layers =
        Layers.none()
            .withPreset("sinusoid")
            .withAssignment("learner.memory-capacity=300")
            .withAssignment("learner.network=input(1) dense(40) relu dense(40) relu dense(1) mse");
    Settings all = Settings.load(layers);
    this.config = LearnerSettings.read(all, StateDirectory.open(directory));
    this.settings = LearnerSettings.ofTasks(all);
    this.directory = directory;
    this.seconds = minutes * SECONDS_PER_MINUTE;
  }

  void addTo(List<Case> cases) {
    Trend files = new Trend();
    Trend others = new Trend();
    ProcessFigures process = new ProcessFigures(ProcessHandle.current().pid());
    TaskState state = TaskState.initial(settings);
    double hours = 0;
    long commits = 0;
    try (RocksTaskStore store =
        RocksLearnerStore.open(config.store().directory(), settings, false)) {
      long end = System.nanoTime() + (long) (seconds * 1e9);
      while (System.nanoTime() < end) {
        for (int i = 0; i < COMMITS_PER_SAMPLE; i++) {
          commit(store, state, commits++);
        }
        hours = (double) commits * settings.groupSize() / SoakBenchmark.TASKS_PER_SECOND / 3600;
        ProcessFigures.OpenFiles open = process.openFiles(directory);
        files.add(hours, (double) open.within());
        others.add(hours, (double) open.others());
      }
    }
    String name = String.format(Locale.ROOT, "%d commits, %.1f h of it", commits, hours);
    cases.add(
        Case.of(name, "most store files open", files.largest(), "")
            .goal("<= " + BOUND, files.largest() <= BOUND));
    cases.add(slope(name, "store files open", files, hours >= SHORTEST_JUDGED_HOURS));
    cases.add(slope(name, "other file handles", others, false));
  }

  private static Case slope(String name, String what, Trend trend, boolean judged) {
    Trend.Slope slope = trend.slopeAfterWarmUp();
    return Case.of(
            name,
            what + " per hour of the stream",
            slope.perHour(),
            "",
            String.format(Locale.ROOT, "± %.3f, mean %.1f", slope.halfWidth(), slope.mean()))
        .goal(
            judged ? "<= 0 within its 95 % interval" : null,
            judged ? slope.perHour() - slope.halfWidth() <= 0 : null);
  }

  private void commit(RocksTaskStore store, TaskState state, long number) {
    List<Offer> offers = new ArrayList<>();
    List<byte[]> records = new ArrayList<>();
    int size = settings.groupSize();
    for (int i = 0; i < size; i++) {
      long task = number * size + i;
      byte[] record = SineTasks.record(task);
      offers.add(new Offer(new LogPosition(0, task), "sine", List.of(), task, record.length, 0.5f));
      records.add(record);
    }
    StoreCommit.of(store, state, offers, records);
  }
}
