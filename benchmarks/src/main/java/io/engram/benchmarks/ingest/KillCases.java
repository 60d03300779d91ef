package io.engram.benchmarks.ingest;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Directories;
import io.engram.benchmarks.Ports;
import io.engram.benchmarks.Rounds;
import io.engram.benchmarks.crash.Child;
import io.engram.benchmarks.crash.Waiting;
import io.engram.core.random.RandomStream;
import io.engram.kafkakit.CommittedReader;
import io.engram.schemas.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Two processes of ingest and a broker, each killed in its turn while rows come in; now and then a third comes and goes. */
final class KillCases {

  private static final int PARTITIONS = 4;
  private static final int KILLS_A_REBALANCE = 4;

  /** The broker is killed at every so manieth. */
  private static final int KILLS_A_BROKER = 5;

  private static final double FIRST_TASK_SECONDS = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Topics TOPICS = new Topics("");
  private static final List<String> JVM =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx384m");

  private final int kills;
  private final Consumer<String> say;
  private final RandomStream random = new RandomStream(11);
  private final int port = Ports.free();
  private final Map<String, Object> kafka = Map.of("bootstrap.servers", "127.0.0.1:" + port);
  private final List<Child> running = new ArrayList<>();
  private final Rounds first = new Rounds();
  private final Rounds all = new Rounds();
  private final Rounds rebalances = new Rounds();

  KillCases(int kills, Consumer<String> say) {
    this.kills = kills;
    this.say = say;
  }

  List<Case> run() {
    Path directory = Directories.temporary();
    try {
      Child broker = broker(directory);
      Waiting.until("the broker", PATIENCE, this::brokerAnswers);
      Child[] ingest = {ingest(directory, "a"), ingest(directory, "b")};
      try (NumberedRows rows = new NumberedRows(TOPICS, kafka);
          TaskArrivals arrivals = new TaskArrivals(TOPICS, kafka)) {
        Waiting.until("the first tasks", PATIENCE, () -> arrivals.allSince(0));
        for (int kill = 0; kill < kills; kill++) {
          Waiting.pause(1 + 3 * random.nextDouble());
          if (kill % KILLS_A_BROKER == KILLS_A_BROKER - 1) {
            broker.kill();
            long killed = System.nanoTime();
            broker = broker(directory);
            flows("kill -9 of the broker", killed, arrivals);
          } else {
            int which = kill % 2;
            ingest[which].kill();
            long killed = System.nanoTime();
            ingest[which] = ingest(directory, which == 0 ? "a" : "b");
            flows("kill -9 of ingest", killed, arrivals);
          }
          if (kill % KILLS_A_REBALANCE == 1) {
            comeAndGo(directory, arrivals);
          }
        }
        return account(rows);
      }
    } finally {
      running.forEach(Child::close);
      Directories.delete(directory);
    }
  }

  /** A third process takes its share, and gives it back. */
  private void comeAndGo(Path directory, TaskArrivals arrivals) {
    Child third = ingest(directory, "c");
    Waiting.pause(8);
    third.stop();
    long left = System.nanoTime();
    Waiting.until("tasks behind a third", PATIENCE, () -> arrivals.allSince(left));
    rebalances.add(secondsSince(left));
  }

  private void flows(String what, long killed, TaskArrivals arrivals) {
    Waiting.until("a task behind " + what, PATIENCE, () -> arrivals.anySince(killed));
    double any = secondsSince(killed);
    Waiting.until("tasks behind " + what, PATIENCE, () -> arrivals.allSince(killed));
    double every = secondsSince(killed);
    first.add(any);
    all.add(every);
    say.accept(
        String.format(
            Locale.ROOT,
            "%s: first new task after %.1f s, in all partitions after %.1f s",
            what,
            any,
            every));
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private List<Case> account(NumberedRows rows) {
    long sent = rows.ended();
    TaskBooks books = new TaskBooks();
    Waiting.lookingEverySecond("the last task", PATIENCE, () -> tasks() >= sent);
    try (CommittedReader reader = new CommittedReader(kafka)) {
      reader.readAll(TOPICS.tasks(), record -> books.add(record.value()));
    }
    String name = kills + " kills, two processes";
    double slowest = all.quantile(1);
    return List.of(
        Case.exactly(name, "rows that the broker did not take", rows.undelivered(), 0),
        Case.exactly(name, "rows in tasks", books.rows(), sent * NumberedRows.ROWS),
        Case.exactly(name, "rows twice", books.twice(), 0),
        Case.exactly(name, "rows out of their key's order", books.outOfOrder(), 0),
        Case.exactly(name, "tasks", books.tasks(), sent),
        Case.of(name, "first new task after a kill", first.median(), "s", first.spread()),
        Case.of(name, "in every partition, median", all.median(), "s", all.spread()),
        Case.of(name, "in every partition, slowest", slowest, "s")
            .goal("<= " + FIRST_TASK_SECONDS, slowest <= FIRST_TASK_SECONDS),
        Case.of(
            name, "after a process left in order", rebalances.median(), "s", rebalances.spread()));
  }

  private long tasks() {
    long[] count = new long[1];
    try (CommittedReader reader = new CommittedReader(kafka)) {
      reader.readAll(TOPICS.tasks(), record -> count[0]++);
    }
    return count[0];
  }

  private boolean brokerAnswers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private Child broker(Path directory) {
    return started(
        "broker",
        directory,
        List.of("--set", "broker.port=" + port, "--set", "ops.broker-port=off"));
  }

  private Child ingest(Path directory, String name) {
    return started(
        "ingest-" + name,
        directory,
        List.of(
            "--bootstrap",
            "127.0.0.1:" + port,
            "--set",
            "ingest.instance-id=" + name,
            "--set",
            "ingest.grouping.size=" + NumberedRows.ROWS,
            "--set",
            "ingest.grouping.idle=10m",
            "--set",
            "ingest.topics.partitions=" + PARTITIONS,
            "--set",
            "ops.ingest-port=off"));
  }

  private Child started(String name, Path directory, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                name.startsWith("ingest") ? "ingest" : name,
                "--state",
                directory.resolve(name).toString()));
    command.addAll(arguments);
    Child child = Child.start(JVM, command, directory.resolve(name + ".out"));
    running.add(child);
    return child;
  }
}
