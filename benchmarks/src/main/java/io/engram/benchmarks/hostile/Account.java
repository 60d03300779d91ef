package io.engram.benchmarks.hostile;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.client.ModelSubscriber;
import io.engram.schemas.Topics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Holds what was sent against what became of it, to the record. */
final class Account {

  private static final Topics TOPICS = new Topics("");
  private static final int MOST_LINES = 100;
  private static final double FLAT = 1.05;
  private static final int SHOWN = 12;
  private static final int LONGEST = 60;
  private static final long REST_NANOS = 120_000_000_000L;
  private static final String REJECTED = "engram_ingest_rejected_total";

  private final Besieged besieged;
  private final Barrage barrage;
  private final HonestTraffic honest;
  private final List<Case> cases;
  private List<Long> honestOffsets = List.of();

  Account(Besieged besieged, Barrage barrage, HonestTraffic honest, List<Case> cases) {
    this.besieged = besieged;
    this.barrage = barrage;
    this.honest = honest;
    this.cases = cases;
  }

  /** How it went while it lasted. */
  void siege(double seconds, Lookout lookout, long versions) {
    long sent = barrage.tallies().stream().mapToLong(it -> it.sent().get()).sum();
    long kinds = barrage.tallies().stream().filter(it -> it.sent().get() > 0).count();
    cases.add(Case.of("siege", "hostile records", (double) sent, "records", kinds + " kinds"));
    cases.add(Case.of("siege", "sent in", seconds, "s"));
    atLeast("siege", "the champion's number grew by", (double) versions, 1);
    for (Barrage.Tally it : barrage.tallies()) {
      if (it.sent().get() != it.taken().get() + it.refused().get()) {
        cases.add(
            Case.exactly(
                "broker", it.kind().id(), it.taken().get() + it.refused().get(), it.sent().get()));
      }
    }
    long refused = barrage.tallies().stream().mapToLong(it -> it.refused().get()).sum();
    cases.add(Case.of("broker", "refused at the door", (double) refused, "records"));
    cases.add(Case.exactly("honest", "examples the broker did not take", honest.undelivered(), 0));
    String worst = lookout.bad().stream().findFirst().orElse("");
    cases.add(
        Case.of(
                "health",
                "answers that were not 'up'",
                lookout.bad().size(),
                "of " + lookout.asked(),
                worst)
            .goal("0", lookout.bad().isEmpty()));
    cases.add(
        Case.of(
            "health",
            "slowest answer",
            lookout.answerMillis(1),
            "ms",
            String.format(Locale.ROOT, "99 %% within %.0f", lookout.answerMillis(0.99))));
    double first = lookout.residentMegabytes(0);
    double last = lookout.residentMegabytes(3);
    for (int quarter = 0; quarter < 4; quarter++) {
      cases.add(
          Case.of(
              "memory",
              "resident, quarter " + (quarter + 1),
              lookout.residentMegabytes(quarter),
              "MB"));
    }
    cases.add(
        Case.of(
                "memory",
                "last quarter by the second",
                last / lookout.residentMegabytes(1),
                "ratio",
                String.format(Locale.ROOT, "%.0f to %.0f MB", first, last))
            .goal("<= " + FLAT, last / lookout.residentMegabytes(1) <= FLAT));
  }

  /** The topic {@code examples}. */
  void examples(Books books) {
    long own = (long) Siege.SOURCE_TASKS * HonestTraffic.ROWS;
    long taken = barrage.taken(TOPICS.examples());
    cases.add(
        Case.exactly(
            "examples",
            "records that ingest has counted",
            besieged.metric("engram_ingest_examples_total"),
            own + honest.examples() + taken + 1));
    cases.add(
        Case.exactly(
            "honest", "examples in tasks", books.rows(HonestTraffic.PREFIX), honest.examples()));
    long wrong =
        honest.examplesByKey().entrySet().stream()
            .filter(it -> !it.getValue().equals(books.rowsByKey().get(it.getKey())))
            .count();
    cases.add(Case.exactly("honest", "keys with more or fewer", wrong, 0));
    cases.add(Case.exactly("honest", "examples rejected", books.rejected("") - 1, 0));
    long rejected = 0;
    for (Barrage.Tally tally : of(TOPICS.examples())) {
      long refused = books.rejected(tally.kind().name());
      rejected += refused;
      String reason = tally.kind().reason();
      if (reason != null) {
        long rightly =
            books
                .rejectedByKind()
                .getOrDefault(tally.kind().name(), Map.of())
                .getOrDefault(reason, 0L);
        cases.add(
            Case.exactly(
                "examples", tally.kind().name() + " → " + reason, rightly, tally.taken().get()));
      }
    }
    cases.add(
        Case.exactly(
            "examples",
            "hostile: rejected or in tasks of their own keys",
            rejected + books.rows("hostile-"),
            taken));
    books
        .rejectedByReason()
        .forEach(
            (reason, count) ->
                cases.add(
                    Case.exactly(
                        "examples",
                        "rejected/" + reason,
                        besieged.metric(REJECTED, "reason=\"" + reason + "\""),
                        count)));
  }

  /** The topic {@code tasks}. */
  void tasks(Books books) {
    cases.add(
        Case.exactly(
            "tasks",
            "refused by the learner",
            besieged.metric("engram_learner_refused_total"),
            books.unlearnable()));
    double open = (double) books.learnable() - besieged.metric("engram_learner_tasks_total");
    cases.add(
        Case.of("tasks", "learnable, not yet taken up", open, "tasks", "of " + books.learnable())
            .goal("a group at most", open >= 0 && open < 8));
    cases.add(
        Case.of(
            "tasks",
            "in quarantine",
            besieged.metric("engram_learner_quarantined_total"),
            "tasks"));
  }

  /** The topic {@code model-candidates}. */
  void candidates() {
    Parcels found = Parcels.ofCandidates(besieged.kafka());
    cases.add(Case.exactly("candidates", "unreadable", ignored("unreadable"), found.unreadable()));
    cases.add(
        Case.exactly("candidates", "beyond the limits", ignored("too large"), found.dropped()));
    double settled =
        besieged.metric("engram_registry_events_total", "kind=\"Registered\"")
            + besieged.metric("engram_registry_events_total", "kind=\"Rejected\"")
            + ignored("name")
            + ignored("duplicate")
            + ignored("too many models")
            + ignored("too many rejections");
    cases.add(
        Case.exactly("candidates", "registered, rejected or passed over", settled, found.ended()));
  }

  private double ignored(String why) {
    return besieged.metric("engram_registry_ignored_total", "why=\"" + why + "\"");
  }

  /** The topic {@code model-updates}, as a subscriber sees it. */
  void updates(ModelSubscriber subscriber, long expected) {
    cases.add(Case.exactly("updates", "refused by a subscriber", subscriber.refusals(), expected));
    cases.add(
        Case.exactly(
            "updates",
            "version held",
            subscriber.current().map(it -> it.version()).orElse(0L),
            (long) besieged.metric("engram_registry_champion{model=\"" + Siege.MODEL + "\"")));
  }

  /**
   * Lines of warning or error.
   *
   * @param before how many there were when the siege began: Kafka has something to say about every start
   */
  void log(int before) {
    List<String> all = besieged.complaints();
    List<String> complaints = all.subList(Math.min(before, all.size()), all.size());
    long own =
        complaints.stream().filter(it -> !it.contains(" o.a.k") && !it.contains(" kafka.")).count();
    cases.add(
        Case.of(
                "log",
                "lines of warning or error",
                complaints.size(),
                "lines",
                own + " of them Engram's")
            .goal("<= " + MOST_LINES, complaints.size() <= MOST_LINES));
    complaints.stream()
        .collect(Collectors.groupingBy(Account::statement, Collectors.counting()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(SHOWN)
        .forEach(it -> cases.add(Case.of("log", it.getKey(), (double) it.getValue(), "lines")));
  }

  /** Who says it, and how it begins. */
  private static String statement(String line) {
    String said = line.replaceFirst(".* (WARN|ERROR) +", "").replaceFirst("^\\S.*? (\\S+: )", "$1");
    String words = said.replaceAll("\\d+", "#").replaceAll("'[^']*'", "…");
    return words.substring(0, Math.min(LONGEST, words.length()));
  }

  /** The topics that are read at the start alone. */
  void afterRestart(double learned) {
    long all = 2L * Siege.SOURCE_TASKS;
    besieged.await("the restart", () -> besieged.metric("engram_registry_champion") > 0);
    long deadline = System.nanoTime() + REST_NANOS;
    besieged.await(
        "the rest of its source",
        () ->
            besieged.metric("engram_learner_tasks_total") >= learned + Siege.SOURCE_TASKS - 8
                || System.nanoTime() > deadline);
    cases.add(
        Case.exactly(
            "events",
            "foreign",
            besieged.metric("engram_registry_foreign"),
            barrage.taken(TOPICS.registryEvents())));
    double foreign = besieged.metric("engram_ingest_forgotten_foreign");
    long sent = barrage.taken(TOPICS.forgotten()) - tombstones(TOPICS.forgotten());
    long left = Books.values(besieged.kafka(), TOPICS.forgotten()) - 1;
    cases.add(
        Case.of("forgotten", "foreign", foreign, "", "of " + sent + ", before compaction")
            .goal(left + " to " + sent, foreign >= (double) left && foreign <= (double) sent));
    Books books = Books.read(besieged.kafka());
    honestOffsets = books.honestOffsets();
    long others = books.rows("hostile-") + books.rows(HonestTraffic.PREFIX);
    cases.add(
        Case.exactly(
            "restart",
            "examples of its own source",
            books.rows("") - others,
            all * HonestTraffic.ROWS));
  }

  /** What the learner remembers, once it has stopped. */
  void leftBehind() {
    cases.add(
        Case.exactly(
            "honest",
            "tasks that the learner does not remember",
            Remembrance.missing(besieged.learner(), honestOffsets),
            0));
  }

  /** Of a key that was never there: nothing to be passed over. */
  private long tombstones(String topic) {
    return of(topic).stream()
        .filter(it -> it.kind().name().equals("tombstone"))
        .mapToLong(it -> it.taken().get())
        .sum();
  }

  private List<Barrage.Tally> of(String topic) {
    return barrage.tallies().stream().filter(it -> it.kind().topic().equals(topic)).toList();
  }

  private void atLeast(String name, String metric, double value, double least) {
    cases.add(Case.of(name, metric, value, "").goal(">= " + least, value >= least));
  }
}
