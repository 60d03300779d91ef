package io.engram.benchmarks.hostile;

import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Machine;
import io.engram.client.ModelSubscriber;
import io.engram.kafkakit.CommittedReader;
import io.engram.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A siege, and the account of it. */
final class HostileBenchmark {

  private static final Topics TOPICS = new Topics("");
  private static final int HOSTILE_FOR_ONE_TASK = 1000;
  private static final int LEAST_TASKS = 100;

  private final int records;
  private final long seed;
  private final Consumer<String> say;

  /**
   * @param records hostile ones
   */
  HostileBenchmark(int records, long seed, Consumer<String> say) {
    this.records = records;
    this.seed = seed;
    this.say = say;
  }

  BenchReport run() {
    List<Case> cases = new ArrayList<>();
    try (Besieged besieged = new Besieged(Siege.SOURCE_TASKS)) {
      Siege siege = new Siege(besieged, say);
      Samples samples = siege.prepare();
      List<Kind> kinds = Arsenal.kinds(Siege.MODEL, samples);
      say.accept("%d kinds on %d topics".formatted(kinds.size(), Arsenal.topics().size()));
      try (Barrage barrage = new Barrage(besieged.bootstrap(), kinds, seed);
          HonestTraffic honest = new HonestTraffic(besieged.bootstrap(), seed)) {
        Account account = new Account(besieged, barrage, honest, cases);
        underSiege(besieged, siege, barrage, honest, account);
        say.accept("stopping it and starting it again on what the topics hold now");
        double learned = siege.learned();
        besieged.restart(2 * Siege.SOURCE_TASKS);
        account.afterRestart(learned);
        besieged.stop();
        account.leftBehind();
      }
    }
    return new BenchReport("hostile", Machine.here(), cases);
  }

  private void underSiege(
      Besieged besieged, Siege siege, Barrage barrage, HonestTraffic honest, Account account) {
    long from = updatesEnd(besieged);
    try (ModelSubscriber subscriber = siege.subscribe();
        SecondReader second = new SecondReader(besieged.kafka(), besieged.trusted(), from);
        Lookout lookout = new Lookout(besieged)) {
      long version = champion(besieged);
      int lines = besieged.complaints().size();
      long start = System.nanoTime();
      siege.attack(barrage, honest, records, Math.max(LEAST_TASKS, records / HOSTILE_FOR_ONE_TASK));
      double seconds = (System.nanoTime() - start) / 1e9;
      siege.digest();
      settle(subscriber, second, besieged);
      lookout.end();
      account.siege(seconds, lookout, champion(besieged) - version);
      Books books = Books.read(besieged.kafka());
      account.examples(books);
      account.tasks(books);
      account.candidates();
      account.updates(subscriber, second.refusals());
      account.log(lines);
    }
  }

  /** The subscriber reads by itself; nobody can tell it to hurry. */
  private static void settle(ModelSubscriber subscriber, SecondReader second, Besieged besieged) {
    long before = -1;
    while (before != subscriber.refusals() + second.refusals()
        || subscriber.current().map(it -> it.version()).orElse(0L) != champion(besieged)) {
      before = subscriber.refusals() + second.refusals();
      try {
        TimeUnit.SECONDS.sleep(3);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static long champion(Besieged besieged) {
    return (long) besieged.metric("engram_registry_champion{model=\"" + Siege.MODEL + "\"");
  }

  private static long updatesEnd(Besieged besieged) {
    try (CommittedReader reader = new CommittedReader(besieged.kafka())) {
      return reader.ends(reader.partitions(TOPICS.modelUpdates())).values().stream()
          .mapToLong(it -> it)
          .sum();
    }
  }
}
