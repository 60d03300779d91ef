package io.engram.benchmarks.memory;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskState;
import io.engram.embeddedkafka.EmbeddedKafka;
import io.engram.engine.fused.FusedEngine;
import io.engram.learner.agent.BackupDesk;
import io.engram.learner.agent.CandidateSink;
import io.engram.learner.agent.LearnerAgent;
import io.engram.learner.agent.Resumption;
import io.engram.learner.agent.StatusBoard;
import io.engram.learner.agent.TaskStore;
import io.engram.learner.kafka.KafkaCandidateSink;
import io.engram.learner.rocksdb.RocksTaskStore;
import io.engram.model.TaskCodec;
import io.engram.schemas.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where the learner's time goes on Omniglot with four convolutions of 64 filters. */
final class OverheadCases {

  private static final String CONV4 =
      "input(1,28,28) "
          + "conv(64,3,stride=2,same) batchnorm relu ".repeat(4)
          + "flatten dense(5) softmax";
  private static final int DECODES = 200;

  private final DrawingTasks drawings;
  private final int groups;
  private final Learner learner;
  private final EmbeddedKafka broker;
  private final Topics topics;

  OverheadCases(
      Path directory, DrawingTasks drawings, int groups, EmbeddedKafka broker, Topics topics) {
    this.drawings = drawings;
    this.groups = groups;
    this.broker = broker;
    this.topics = topics;
    this.learner = Learner.omniglot(directory.resolve("conv4"), "learner.network=" + CONV4);
  }

  void addTo(List<Case> cases) {
    Timed store = new Timed();
    Timed engine = new Timed();
    Timed sink = new Timed();
    learn(new Timed(), new Timed(), new Timed(), 1);
    double total = learn(store, engine, sink, groups);
    double computing = engine.seconds("adapt", "evaluate", "metaGradient");
    double drawing = store.seconds("read") + store.calls("read") * decodeSeconds();
    String name = "Conv4-64, %d groups".formatted(groups);
    double updates = (double) groups * learner.settings().outer().count();
    cases.add(Case.of(name, "a meta-update", 1e3 * total / updates, "ms"));
    cases.add(share(name, "engine", computing / total));
    cases.add(goal(name, "everything else", 1 - computing / total, 0.10));
    cases.add(goal(name, "drawing, with decoding", drawing / total, 0.05));
    cases.add(share(name, "committing", store.seconds("commit") / total));
    cases.add(share(name, "publishing", sink.seconds("publish") / total));
  }

  /** Goes on in the store for so many groups. */
  private double learn(Timed storeClock, Timed engineClock, Timed sinkClock, int count) {
    try (RocksTaskStore store = learner.open(learner.config().store().sync());
        MetaProgram program =
            new FusedEngine(Runtime.getRuntime().availableProcessors())
                .compile(learner.settings().network());
        CandidateSink sink =
            new KafkaCandidateSink(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                topics.modelCandidates(),
                learner.config().modelName())) {
      long before = store.load().map(it -> it.state().progress().tasks()).orElse(0L);
      ListLog log =
          new ListLog(drawings::record, before + (long) count * learner.settings().groupSize());
      LearnerAgent<TaskState, TaskOutcome> agent =
          new LearnerAgent<>(
              learner.settings(),
              learner.publishing(sinkClock.around(CandidateSink.class, sink)),
              Resumption.ofTasks(
                  learner.settings(),
                  engineClock.around(MetaProgram.class, program),
                  0), // so that drawing shows in the profile
              log,
              storeClock.around(TaskStore.class, store),
              BackupDesk.CLOSED,
              new StatusBoard(learner.settings().window()));
      long start = System.nanoTime();
      agent.run(log::drained);
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private double decodeSeconds() {
    long start = System.nanoTime();
    long examples = 0;
    for (int i = 0; i < DECODES; i++) {
      examples += TaskCodec.decode(drawings.record(i)).examples();
    }
    if (examples == 0) {
      throw new IllegalStateException("the drawings are empty");
    }
    return (System.nanoTime() - start) / 1e9 / DECODES;
  }

  private static Case share(String name, String metric, double share) {
    return Case.of(name, metric, 100 * share, "%");
  }

  private static Case goal(String name, String metric, double share, double most) {
    return Case.of(name, metric, 100 * share, "%").goal("< " + 100 * most, share < most);
  }
}
