package io.engram.benchmarks.cluster;

import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Directories;
import io.engram.benchmarks.Machine;
import io.engram.benchmarks.crash.Waiting;
import io.engram.benchmarks.hostile.Books;
import io.engram.benchmarks.hostile.HonestTraffic;
import io.engram.kafkakit.CommittedReader;
import io.engram.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** One trouble after another on a cluster that knows its users, under honest traffic, and an account at the end. */
final class ClusterBenchmark {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int CUT_SECONDS = 60;

  /** How long it may take a role to see that no broker answers. */
  private static final int SEEN_SECONDS = 15;

  private static final int RECORDS_BEHIND_EACH = 3;
  private static final Topics TOPICS = new Topics("");

  private final boolean quick;
  private final Consumer<String> say;
  private final List<Case> cases = new ArrayList<>();
  private int endedByThemselves;

  ClusterBenchmark(boolean quick, Consumer<String> say) {
    this.quick = quick;
    this.say = say;
  }

  BenchReport run() {
    Path directory = Directories.temporary();
    List<String> users = new ArrayList<>(Roles.NAMES);
    users.add("program");
    try (SecuredCluster cluster = new SecuredCluster(directory, users, Roles.NAMES);
        Access access = new Access(cluster.clients(SecuredCluster.ADMIN))) {
      access.awaitBrokers(cluster.nodes().size());
      access.giveListed();
      Roles.makeTopics(cluster, directory);
      say.accept("three brokers are up, rights given, topics made");
      try (Roles roles = new Roles(cluster, directory);
          Stream stream =
              new Stream(cluster.clients("program"), cluster.clients(SecuredCluster.ADMIN));
          Hops hops = new Hops(cluster.clients(SecuredCluster.ADMIN), Roles.PARTITIONS)) {
        flows("the start", roles, hops);
        troubles(cluster, access, roles, hops);
        account(cluster, roles, stream);
      }
    } finally {
      Directories.delete(directory);
    }
    return new BenchReport("cluster", Machine.here(), cases);
  }

  private void troubles(SecuredCluster cluster, Access access, Roles roles, Hops hops) {
    for (Program node : quick ? cluster.nodes().subList(0, 1) : cluster.nodes()) {
      trouble(
          "kill -9 of " + node.name(),
          roles,
          hops,
          () -> {
            node.kill();
            Waiting.pause(3);
            node.start();
          });
      access.awaitBrokers(cluster.nodes().size());
      access.awaitInSync(Set.copyOf(TOPICS.all()));
    }
    for (String role : quick ? List.of("learner") : Roles.NAMES) {
      trouble(
          "kill -9 of " + role,
          roles,
          hops,
          () -> {
            roles.of(role).kill();
            roles.of(role).start();
          });
    }
    if (!quick) {
      trouble("rolling restart of the brokers", roles, hops, () -> restartAll(cluster, access));
      for (String role : Roles.NAMES) {
        cutOff(role, cluster, roles, hops);
      }
      fewerRights(access, roles, hops);
    }
  }

  /** Nothing comes through between a role and the brokers, and nobody is told. */
  private void cutOff(String role, SecuredCluster cluster, Roles roles, Hops hops) {
    int[] saidUp = new int[1];
    trouble(
        role + " cut off for " + CUT_SECONDS + " s",
        roles,
        hops,
        () -> {
          cluster.wires(role).forEach(Wire::cut);
          Waiting.pause(SEEN_SECONDS);
          for (int second = SEEN_SECONDS; second < CUT_SECONDS; second++) {
            saidUp[0] += roles.saysUp(role) ? 1 : 0;
            Waiting.pause(1);
          }
          cluster.wires(role).forEach(Wire::mend);
        });
    cases.add(Case.exactly(role + " cut off", "seconds at which it said up", saidUp[0], 0));
  }

  private static void restartAll(SecuredCluster cluster, Access access) {
    for (Program node : cluster.nodes()) {
      node.stop();
      node.start();
      access.awaitBrokers(cluster.nodes().size());
      access.awaitInSync(Set.copyOf(TOPICS.all()));
    }
  }

  /** One right that a role cannot do without. */
  private record Missing(String role, String topic, String operation) {}

  private void fewerRights(Access access, Roles roles, Hops hops) {
    for (Missing missing :
        List.of(
            new Missing("ingest", TOPICS.tasks(), "Write"),
            new Missing("learner", TOPICS.modelCandidates(), "Write"),
            new Missing("registry", TOPICS.modelUpdates(), "Write"),
            new Missing("predict", TOPICS.labels(), "Read"))) {
      access.take(missing.role(), missing.topic(), missing.operation());
      Program role = roles.of(missing.role());
      role.stop();
      int before = role.lines().size();
      role.start();
      boolean ended = role.ended(60);
      List<String> lines =
          role.lines().stream()
              .skip(before)
              .filter(it -> it.startsWith("engram: ") && it.contains(missing.topic()))
              .toList();
      say.accept(
          "%s without %s on %s: %s"
              .formatted(
                  missing.role(),
                  missing.operation(),
                  missing.topic(),
                  lines.isEmpty() ? "no line; at last: " + role.lastWords() : lines.get(0)));
      cases.add(
          Case.of(
                  "one right fewer",
                  missing.role() + ": lines that name the topic",
                  lines.size(),
                  "",
                  missing.operation() + " on " + missing.topic())
              .goal("1", ended && lines.size() == 1));
      access.give(missing.role(), missing.topic(), missing.operation());
      role.kill();
      role.start();
      flows("the right given back to " + missing.role(), roles, hops);
    }
  }

  private void trouble(String what, Roles roles, Hops hops, Runnable done) {
    hops.begin();
    done.run();
    flows(what, roles, hops);
    Map<String, Double> pauses = hops.longest();
    pauses.forEach(
        (hop, seconds) -> cases.add(Case.of(what, "longest pause " + hop, seconds, "s")));
    say.accept(
        what
            + ": "
            + String.join(
                ", ",
                pauses.entrySet().stream()
                    .map(it -> String.format(Locale.ROOT, "%s %.1f s", it.getKey(), it.getValue()))
                    .toList()));
  }

  /** Waits for a few more records behind every role, starting again whoever has ended. */
  private void flows(String what, Roles roles, Hops hops) {
    Map<String, Long> from = hops.ends();
    Waiting.lookingEverySecond(
        "everything again, after " + what,
        PATIENCE,
        () -> {
          revive(roles);
          Map<String, Long> now = hops.ends();
          return now.size() == Roles.NAMES.size()
              && now.entrySet().stream()
                  .allMatch(
                      it ->
                          it.getValue()
                              >= from.getOrDefault(it.getKey(), 0L) + RECORDS_BEHIND_EACH);
        });
  }

  private void revive(Roles roles) {
    for (String said : roles.revive()) {
      endedByThemselves++;
      say.accept("ended: " + said);
    }
  }

  private void account(SecuredCluster cluster, Roles roles, Stream stream) {
    HonestTraffic honest = stream.ended(Roles.GROUP);
    long versions = honest.tasks() / Roles.GROUP;
    Waiting.lookingEverySecond(
        "the last version and answer",
        PATIENCE,
        () -> {
          revive(roles);
          return roles.sum("learner", "engram_learner_tasks_total") >= (double) honest.tasks()
              && roles.sum("registry", "engram_registry_champion") >= (double) versions
              && stream.answered() >= stream.asked();
        });
    Books books = Books.read(cluster.clients(SecuredCluster.ADMIN));
    cases.add(Case.exactly("examples", "that the brokers did not take", honest.undelivered(), 0));
    cases.add(
        Case.exactly("examples", "in tasks", books.rows(HonestTraffic.PREFIX), honest.examples()));
    cases.add(
        Case.exactly(
            "tasks",
            "learned from",
            roles.sum("learner", "engram_learner_tasks_total"),
            honest.tasks()));
    cases.add(
        Case.exactly(
            "versions",
            "registered and promoted",
            roles.sum("registry", "engram_registry_champion"),
            versions));
    cases.add(Case.exactly("questions", "answered", answers(cluster), stream.asked()));
    cases.add(
        Case.of("roles", "that ended by themselves", endedByThemselves, "", "and were restarted"));
  }

  private static long answers(SecuredCluster cluster) {
    long[] count = new long[1];
    try (CommittedReader reader = new CommittedReader(cluster.clients(SecuredCluster.ADMIN))) {
      reader.readAll(TOPICS.predictions(), record -> count[0]++);
    }
    return count[0];
  }
}
