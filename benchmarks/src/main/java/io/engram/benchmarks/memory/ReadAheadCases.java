package io.engram.benchmarks.memory;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Rounds;
import io.engram.benchmarks.crash.SineTasks;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskState;
import io.engram.engine.fused.FusedEngine;
import io.engram.learner.agent.BackupDesk;
import io.engram.learner.agent.Candidate;
import io.engram.learner.agent.CandidateSink;
import io.engram.learner.agent.LearnerAgent;
import io.engram.learner.agent.Resumption;
import io.engram.learner.agent.StatusBoard;
import io.engram.learner.rocksdb.RocksTaskStore;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/**
 * Learners whose step is not much longer than a read, with remembered tasks read ahead on a thread of their own and without. Both go on in
 * stores of their own from round to round; their turns alternate. The engine has one thread: where it has all cores there is none to spare
 * for reading. What the learner's own thread has to do for a task is also told in its processor time, which a busy machine does not
 * stretch as it does the rate.
 */
final class ReadAheadCases {

  private static final String CAPACITY = "learner.memory-capacity=1000";
  private static final int ROUNDS = 15;
  private static final int QUICK_ROUNDS = 5;
  private static final double SECONDS = 1;
  private static final double QUICK_SECONDS = 0.3;
  private static final int WARM_UP_TASKS = 2000;
  private static final int QUICK_WARM_UP_TASKS = 300;
  private static final int FEWEST_TASKS = 40;

  private final Path directory;
  private final DrawingTasks drawings;
  private final int rounds;
  private final double seconds;
  private final int warmUp;

  ReadAheadCases(Path directory, DrawingTasks drawings, boolean quick) {
    this.directory = directory;
    this.drawings = drawings;
    this.rounds = quick ? QUICK_ROUNDS : ROUNDS;
    this.seconds = quick ? QUICK_SECONDS : SECONDS;
    this.warmUp = quick ? QUICK_WARM_UP_TASKS : WARM_UP_TASKS;
  }

  void addTo(List<Case> cases) {
    cases.addAll(
        compare(
            "sine waves, 2 × 40 units",
            SineTasks::record,
            "sinusoid",
            CAPACITY,
            "learner.network=input(1) dense(40) relu dense(40) relu dense(1) mse"));
    cases.addAll(
        compare(
            "drawings, 2 × 64 units",
            drawings::record,
            "omniglot",
            CAPACITY,
            "learner.network=input(784) dense(64) relu dense(64) relu dense(5) softmax"));
  }

  /** What a stretch of the stream took. */
  private record Run(double tasksPerSecond, double ownMicrosPerTask) {}

  private List<Case> compare(
      String name, LongFunction<byte[]> records, String preset, String... assignments) {
    Learner with = Learner.preset(preset, directory.resolve(preset + ".with"), assignments);
    Learner without = Learner.preset(preset, directory.resolve(preset + ".without"), assignments);
    Rounds rates = new Rounds();
    Rounds rateRatios = new Rounds();
    Rounds micros = new Rounds();
    Rounds microsRatios = new Rounds();
    try (RocksTaskStore ahead = with.open(false);
        RocksTaskStore needed = without.open(false);
        MetaProgram program = new FusedEngine(1).compile(with.settings().network())) {
      int readAhead = with.config().readAhead();
      run(with, readAhead, ahead, program, records, warmUp);
      Run first = run(without, 0, needed, program, records, warmUp);
      int tasks = Math.max(FEWEST_TASKS, (int) (first.tasksPerSecond * seconds));
      for (int round = 0; round < rounds; round++) {
        Run plain = run(without, 0, needed, program, records, tasks);
        Run early = run(with, readAhead, ahead, program, records, tasks);
        rates.add(early.tasksPerSecond);
        rateRatios.add(early.tasksPerSecond / plain.tasksPerSecond);
        micros.add(early.ownMicrosPerTask);
        microsRatios.add(early.ownMicrosPerTask / plain.ownMicrosPerTask);
      }
    }
    String metric = String.format(Locale.ROOT, "%d read ahead, ", with.config().readAhead());
    return List.of(
        compared(name, metric + "learned", rates, "tasks/s", rateRatios),
        compared(name, metric + "own thread", micros, "us/task", microsRatios));
  }

  private static Case compared(
      String name, String metric, Rounds values, String unit, Rounds ratios) {
    return Case.of(name, metric, values.median(), unit, "ratio " + ratios.spread())
        .versus("read when needed", ratios.median());
  }

  /** Learns from so many more tasks. */
  private static Run run(
      Learner learner,
      int readAhead,
      RocksTaskStore store,
      MetaProgram program,
      LongFunction<byte[]> records,
      int tasks) {
    long before = store.load().map(it -> it.state().progress().tasks()).orElse(0L);
    ListLog log = new ListLog(records, before + tasks);
    LearnerAgent<TaskState, TaskOutcome> agent =
        new LearnerAgent<>(
            learner.settings(),
            learner.publishing(new Nowhere()),
            Resumption.ofTasks(learner.settings(), program, readAhead),
            log,
            store,
            BackupDesk.CLOSED,
            new StatusBoard(learner.settings().window()));
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long own = threads.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    agent.run(log::drained);
    double elapsed = System.nanoTime() - start;
    return new Run(
        tasks / (elapsed / 1e9), (threads.getCurrentThreadCpuTime() - own) / 1e3 / tasks);
  }

  /** What is published here nobody reads. */
  private static final class Nowhere implements CandidateSink {

    @Override
    public void publish(Candidate candidate) {}

    @Override
    public void close() {}
  }
}
