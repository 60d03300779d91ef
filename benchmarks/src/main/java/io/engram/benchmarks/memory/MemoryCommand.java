package io.engram.benchmarks.memory;

import io.engram.benchmarks.AtLeastOne;
import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.DataDirectory;
import io.engram.benchmarks.Directories;
import io.engram.benchmarks.Machine;
import io.engram.embeddedkafka.EmbeddedKafka;
import io.engram.embeddedkafka.EmbeddedKafkaConfig;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.schemas.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench memory}. */
@Command(
    name = "memory",
    description = {
      "Offers tasks of 25 Omniglot drawings to the episodic memory and draws from it, beside a plain RocksDB loop on the same data; "
          + "the learner's overhead at Conv4; small learners that read remembered tasks ahead and that do not; a commit and publication beside a bare transaction of the same bytes."
    },
    mixinStandardHelpOptions = true)
public final class MemoryCommand implements Callable<Integer> {

  private static final int QUICK_TASKS = 6_000;
  private static final int QUICK_CAPACITY = 1_000;
  private static final int QUICK_GROUPS = 3;
  private static final int GROUPS = 30;
  private static final int QUICK_ROUNDS = 15;
  private static final int ROUNDS = 100;
  private static final double QUICK_MINUTES = 0.2;

  @Mixin private BenchOptions options = new BenchOptions();

  @Mixin private DataDirectory data = new DataDirectory();

  @Option(
      converter = AtLeastOne.class,
      names = "--tasks",
      description = "Tasks offered (default: ${DEFAULT-VALUE}).",
      defaultValue = "1000000")
  private int tasks;

  @Option(
      converter = AtLeastOne.class,
      names = "--capacity",
      description = "Tasks kept (default: ${DEFAULT-VALUE}).",
      defaultValue = "50000")
  private int capacity;

  @Option(
      names = "--minutes",
      description =
          "Stops offering after so long and says how many it were (default: ${DEFAULT-VALUE}).",
      defaultValue = "20")
  private double minutes;

  @Override
  public Integer call() {
    boolean quick = options.quick();
    Machine machine = Machine.here();
    List<Case> cases = new ArrayList<>();
    Path directory = Directories.temporary();
    try {
      DrawingTasks drawings = DrawingTasks.read(data.of("omniglot"));
      new StoreCases(
              directory,
              drawings,
              quick ? Math.min(tasks, QUICK_TASKS) : tasks,
              quick ? Math.min(capacity, QUICK_CAPACITY) : capacity,
              quick ? Math.min(minutes, QUICK_MINUTES) : minutes,
              options::say)
          .addTo(cases);
      try (EmbeddedKafka broker =
          EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("broker")))) {
        Topics topics = new Topics("memory.");
        TopicAdmin.ensure(
            broker.bootstrapServers(), List.of(Topic.of(topics.modelCandidates(), 1)));
        options.say("the learner's time at Conv4");
        new OverheadCases(directory, drawings, quick ? QUICK_GROUPS : GROUPS, broker, topics)
            .addTo(cases);
        options.say("reading ahead");
        new ReadAheadCases(directory, drawings, quick).addTo(cases);
        options.say("commit and publication");
        new PublishCases(directory, quick ? QUICK_ROUNDS : ROUNDS, broker, topics).addTo(cases);
      }
    } finally {
      Directories.delete(directory);
    }
    options.report(new BenchReport("memory", machine, cases));
    return 0;
  }
}
