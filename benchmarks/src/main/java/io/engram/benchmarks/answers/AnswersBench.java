package io.engram.benchmarks.answers;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Rounds;
import io.engram.benchmarks.crash.Child;
import io.engram.benchmarks.crash.RoleProcesses;
import io.engram.benchmarks.crash.Waiting;
import io.engram.client.Engram;
import io.engram.client.EngramConfig;
import io.engram.client.Model;
import io.engram.client.ModelSubscription;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.predict.adapt.ModelAnswerer;
import io.engram.schemas.Topics;
import io.engram.schemas.avro.ClassAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Runs one bench of answers from its first process to its last figure. */
final class AnswersBench {

  /**
   * How much of it.
   *
   * @param perSecond questions while nobody is killed
   * @param besiegedPerSecond questions while somebody is
   */
  record Size(int keys, double perSecond, double seconds, double besiegedPerSecond, int kills) {}

  private static final int COLUMNS = 20;
  private static final int ROWS = 20;
  private static final int PARTITIONS = 4;
  private static final int KILLS_A_REBALANCE = 4;
  private static final double LEVEL = 0.9;
  private static final double COMMIT_MILLIS = 100;
  private static final double SECONDS_A_KILL = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Size size;
  private final String algorithm;
  private final Consumer<String> progress;
  private final Map<Long, Model> versions = new ConcurrentHashMap<>();

  AnswersBench(Size size, String algorithm, Consumer<String> progress) {
    this.size = size;
    this.algorithm = algorithm;
    this.progress = progress;
  }

  List<Case> run() throws InterruptedException {
    List<String> settings =
        List.of(
            "ingest.topics.partitions=" + PARTITIONS,
            "learner.algorithm=" + algorithm,
            "learner.network="
                + (algorithm.equals("table")
                    ? "input(%d) dense(2) softmax".formatted(COLUMNS)
                    : "input(%d) dense(40) relu dense(2) softmax".formatted(COLUMNS)));
    try (RoleProcesses roles = new RoleProcesses(settings)) {
      Topics topics = roles.topics();
      Map<String, Object> kafka = roles.kafka();
      TopicAdmin.ensure(
          kafka,
          List.of(
              Topic.of(topics.examples(), PARTITIONS),
              Topic.of(topics.labels(), PARTITIONS),
              Topic.of(topics.predictions(), PARTITIONS)));
      try (Engram engram = Engram.connect(new EngramConfig(topics, kafka, 1));
          ModelSubscription model = engram.subscribe("default");
          Listener listener = new Listener(topics, kafka);
          Asker asker = new Asker(new AskedStream(size.keys(), COLUMNS, 7), topics, kafka)) {
        model.addListener((before, now) -> versions.put(now.version(), now));
        for (String role : List.of("registry", "learner", "ingest")) {
          roles.start(role, role);
        }
        return run(roles, model, listener, asker);
      } finally {
        roles.stop();
      }
    }
  }

  private List<Case> run(
      RoleProcesses roles, ModelSubscription model, Listener listener, Asker asker)
      throws InterruptedException {
    progress.accept("%d keys, %d labeled examples each …".formatted(size.keys(), ROWS));
    asker.preload(ROWS);
    until("a version", () -> model.current().isPresent());
    Child first = roles.start("predict", "predict-a");
    asker.ask(1, 1, () -> {});
    until("the first answer", () -> listener.count() == 1);
    progress.accept(
        "%.0f questions a second for %.0f s …".formatted(size.perSecond(), size.seconds()));
    asker.ask(size.perSecond() / 4, 5, () -> {}); // warm
    int warm = listener.count();
    asker.ask(size.perSecond(), size.seconds(), () -> {});
    asker.labelAll();
    until("every answer", () -> listener.count() >= asker.asked().size());
    List<Case> cases =
        new ArrayList<>(latency(listener.heard().subList(warm, listener.count()), asker));
    cases.addAll(score(listener.heard(), asker, model));
    besiege(roles, first, listener, asker);
    cases.addAll(audit(roles, model, listener, asker));
    return cases;
  }

  private List<Case> latency(List<Listener.Heard> heard, Asker asker) {
    Rounds late = new Rounds();
    heard.forEach(
        it -> late.addNanos(it.heardAt() - asker.question(it.answer().getExampleId()).sentAt()));
    double median = late.median();
    String rate = "%.0f/s, %d keys".formatted(size.perSecond(), size.keys());
    return List.of(
        Case.of(rate, "question → answer, p50", median, "ms")
            .goal(
                "<= commit interval (%.0f ms) + 20".formatted(COMMIT_MILLIS),
                median <= COMMIT_MILLIS + 20),
        Case.of(rate, "question → answer, p90", late.quantile(0.9), "ms"),
        Case.of(rate, "question → answer, p99", late.quantile(0.99), "ms"));
  }

  private static List<Case> score(
      List<Listener.Heard> heard, Asker asker, ModelSubscription model) {
    double[] right =
        heard.stream()
            .mapToDouble(
                it ->
                    it.answer().getOutcome() instanceof ClassAnswer given
                            && given
                                .getLabel()
                                .equals(asker.question(it.answer().getExampleId()).label())
                        ? 1
                        : 0)
            .toArray();
    double live = Arrays.stream(right).average().orElse(Double.NaN);
    double noise = 2 * Math.sqrt(live * (1 - live) / right.length);
    double prequential =
        model
            .current()
            .map(it -> it.metrics().getOrDefault("prequential.window", Double.NaN))
            .orElse(Double.NaN);
    return List.of(
        Case.of(
            "answers given", "accuracy", live, "", "± %.3f (2 standard errors)".formatted(noise)),
        Case.of("tasks", "prequential accuracy, newest version", prequential, ""));
  }

  /** Two processes answer; one after the other is killed and started again, and now and then a third comes and goes. */
  private void besiege(RoleProcesses roles, Child first, Listener listener, Asker asker)
      throws InterruptedException {
    Child[] answering = {first, roles.start("predict", "predict-b")};
    Random random = new Random(3);
    for (int kill = 0; kill < size.kills(); kill++) {
      progress.accept("kill %d of %d …".formatted(kill + 1, size.kills()));
      int which = kill % 2;
      asker.ask(size.besiegedPerSecond(), SECONDS_A_KILL * (0.5 + random.nextDouble()), () -> {});
      answering[which].kill();
      answering[which] = roles.start("predict", which == 0 ? "predict-a" : "predict-b");
      if (kill % KILLS_A_REBALANCE == 1) {
        Child third = roles.start("predict", "predict-c");
        asker.ask(size.besiegedPerSecond(), SECONDS_A_KILL, () -> {});
        third.stop();
      }
    }
    asker.labelAll();
    until("every answer", () -> listener.count() >= asker.asked().size());
    asker.ask(1, 2, () -> {}); // whatever else would come comes before these
    asker.labelAll();
    until("the last answers", () -> listener.count() >= asker.asked().size());
  }

  private List<Case> audit(
      RoleProcesses roles, ModelSubscription model, Listener listener, Asker asker) {
    List<Listener.Heard> heard = listener.heard();
    Set<String> ids = new HashSet<>();
    heard.forEach(it -> ids.add(it.answer().getExampleId()));
    int unanswered = asker.asked().size() - ids.size();
    int twice = heard.size() - ids.size();
    Audit.Result again =
        new Audit(versions, new ModelAnswerer(model, 1, LEVEL), ROWS, roles.topics(), roles.kafka())
            .of(heard, asker.asked());
    String name = "%d kills, two processes".formatted(size.kills());
    return List.of(
        Case.of(name, "questions", asker.asked().size(), ""),
        Case.of(name, "unanswered", unanswered, "").goal("= 0", unanswered == 0),
        Case.of(name, "answered twice", twice, "").goal("= 0", twice == 0),
        Case.of(name, "versions that answered", (double) versionsOf(heard), ""),
        Case.of(name, "the same from the log", again.repeated(), "")
            .goal("all, to the bit", again.repeated() == heard.size()),
        Case.of(name, "different from the log", again.different(), ""),
        Case.of(name, "of versions not heard of", again.unknown(), ""));
  }

  private static long versionsOf(List<Listener.Heard> heard) {
    return heard.stream().map(it -> it.answer().getVersion()).distinct().count();
  }

  private static void until(String what, BooleanSupplier done) {
    Waiting.until(what, PATIENCE, done);
  }
}
