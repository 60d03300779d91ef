package io.engram.benchmarks.memory;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Directories;
import io.engram.benchmarks.Rounds;
import io.engram.benchmarks.memory.rocksdb.PlainRocks;
import io.engram.core.learning.TaskState;
import io.engram.core.memory.Admission;
import io.engram.core.memory.EpisodicMemory;
import io.engram.core.memory.Offer;
import io.engram.core.random.RandomStream;
import io.engram.core.task.LogPosition;
import io.engram.learner.agent.RecordBuffer;
import io.engram.learner.rocksdb.RocksTaskStore;
import io.engram.model.TaskCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** Admission and drawing in the learner's own store, beside puts and gets in a plain one on the same records. */
final class StoreCases {

  private static final int GROUP = 64;
  private static final int DRAW = 4;
  private static final int ROUNDS = 15;
  private static final long ROUND_NANOS = 150_000_000L;
  private static final double DRAW_GOAL = 0.7;
  private static final double MEGABYTE = 1 << 20;

  private final Path directory;
  private final DrawingTasks drawings;
  private final int tasks;
  private final double minutes;
  private final Learner learner;
  private final Consumer<String> say;
  private long offered;
  private long written;

  StoreCases(
      Path directory,
      DrawingTasks drawings,
      int tasks,
      int capacity,
      double minutes,
      Consumer<String> say) {
    this.directory = directory;
    this.drawings = drawings;
    this.tasks = tasks;
    this.minutes = minutes;
    this.say = say;
    this.learner =
        Learner.omniglot(
            directory.resolve("memory"),
            "learner.network=input(784) dense(5) softmax",
            "learner.memory-capacity=" + capacity);
  }

  void addTo(List<Case> cases) {
    TaskState state = TaskState.initial(learner.settings());
    try (RocksTaskStore store = learner.open(false);
        PlainRocks plain = new PlainRocks(plainDirectory())) {
      double seconds = offer(store, state);
      String name = "%d of %d tasks".formatted(state.memory().size(), offered);
      cases.add(rate(name, "offered", offered / seconds));
      double put = put(plain, state.memory());
      double writtenRate = written / seconds;
      cases.add(
          Case.of(name, "of those written", writtenRate, "tasks/s")
              .versus("plain puts", writtenRate / put));
      cases.add(megabytes(name, "on disk", (double) Directories.bytes(learner.directory())));
      cases.add(
          megabytes(name, "the same records, plain", (double) Directories.bytes(plainDirectory())));
      cases.add(megabytes(name, "resident", resident()));
      draw(name, store, plain, state.memory(), cases);
    }
  }

  private double offer(RocksTaskStore store, TaskState state) {
    long start = System.nanoTime();
    long end = start + (long) (minutes * 60e9);
    long next = tasks / 10;
    while (offered < tasks && System.nanoTime() < end) {
      offerGroup(store, state);
      if (offered >= next) {
        next += tasks / 10;
        say.accept(
            String.format(
                Locale.ROOT,
                "%d offered, %d written, %.0f s, %.0f MB on disk, %.0f MB resident",
                offered,
                written,
                (System.nanoTime() - start) / 1e9,
                Directories.bytes(learner.directory()) / MEGABYTE,
                resident() / MEGABYTE));
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private void offerGroup(RocksTaskStore store, TaskState state) {
    List<Offer> offers = new ArrayList<>(GROUP);
    List<byte[]> records = new ArrayList<>(GROUP);
    for (int i = 0; i < GROUP; i++) {
      LogPosition position = new LogPosition(0, offered);
      byte[] record = drawings.record(offered);
      offers.add(new Offer(position, "drawings", List.of(), offered, record.length, 0.5f));
      records.add(record);
      offered++;
    }
    List<Admission> admissions = StoreCommit.of(store, state, offers, records);
    written += admissions.stream().filter(it -> !(it instanceof Admission.Discarded)).count();
  }

  /** Records per second. */
  private double put(PlainRocks plain, EpisodicMemory memory) {
    long start = System.nanoTime();
    List<byte[]> batch = new ArrayList<>(GROUP);
    for (int slot = 0; slot < memory.size(); slot++) {
      batch.add(drawings.record(memory.at(slot).position().offset()));
      if (batch.size() == GROUP || slot == memory.size() - 1) {
        plain.put(slot + 1 - batch.size(), batch);
        batch.clear();
      }
    }
    return memory.size() / ((System.nanoTime() - start) / 1e9);
  }

  private static void draw(
      String name,
      RocksTaskStore store,
      PlainRocks plain,
      EpisodicMemory memory,
      List<Case> cases) {
    Rounds gets = new Rounds();
    Rounds reads = new Rounds();
    Rounds draws = new Rounds();
    Rounds readRatio = new Rounds();
    Rounds drawRatio = new Rounds();
    RandomStream random = new RandomStream(1);
    RecordBuffer record = new RecordBuffer();
    for (int round = 0; round < ROUNDS; round++) {
      double get = perSecond(random, n -> plain.get(random.nextInt(memory.size())), 1);
      double read = perSecond(random, n -> read(store, memory.draw(DRAW, random), record), DRAW);
      double draw = perSecond(random, n -> decode(store, memory.draw(DRAW, random), record), DRAW);
      gets.add(get);
      reads.add(read);
      draws.add(draw);
      readRatio.add(read / get);
      drawRatio.add(draw / get);
    }
    cases.add(Case.of(name, "plain gets", gets.median(), "tasks/s", gets.spread()));
    String limit = "plain gets";
    cases.add(
        Case.of(name, "drawn", reads.median(), "tasks/s")
            .atLeast(DRAW_GOAL, limit, readRatio.median()));
    cases.add(
        Case.of(name, "drawn and decoded to floats", draws.median(), "tasks/s", draws.spread())
            .versus(limit, drawRatio.median()));
  }

  /** As the learner does: into a buffer that is used again. */
  private static void read(RocksTaskStore store, int[] slots, RecordBuffer record) {
    for (int slot : slots) {
      store.read(slot, record);
      if (record.length() == 0) {
        throw new IllegalStateException("slot " + slot + " is empty");
      }
    }
  }

  private static void decode(RocksTaskStore store, int[] slots, RecordBuffer record) {
    for (int slot : slots) {
      store.read(slot, record);
      if (TaskCodec.decode(record.copy()).examples() == 0) {
        throw new IllegalStateException("slot " + slot + " is empty");
      }
    }
  }

  private static double perSecond(RandomStream random, IntConsumer work, int tasksEach) {
    long start = System.nanoTime();
    int calls = 0;
    while (System.nanoTime() - start < ROUND_NANOS) {
      work.accept(random.nextInt(2));
      calls++;
    }
    return calls * tasksEach / ((System.nanoTime() - start) / 1e9);
  }

  private Path plainDirectory() {
    return directory.resolve("plain");
  }

  private static Case rate(String name, String metric, double value) {
    return Case.of(name, metric, value, "tasks/s");
  }

  private static Case megabytes(String name, String metric, double bytes) {
    return Case.of(name, metric, bytes / MEGABYTE, "MB");
  }

  private static double resident() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
              .sum()
          * 1024;
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
