package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.cli.source.sinusoid.SinusoidSessions;
import io.engram.embeddedkafka.EmbeddedKafka;
import io.engram.embeddedkafka.EmbeddedKafkaConfig;
import io.engram.kafkakit.ClientProperties;
import io.engram.kafkakit.CommittedReader;
import io.engram.schemas.Tensors;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a run has left behind on its topic {@code tasks}. */
record TasksLog(List<Task> tasks) {

  /** Starts a broker on the state of a run that has ended, and reads all that was committed. */
  static TasksLog in(Path state) {
    List<Task> tasks = new ArrayList<>();
    try (EmbeddedKafka broker =
            EmbeddedKafka.start(EmbeddedKafkaConfig.in(state.resolve("kafka")));
        CommittedReader reader =
            new CommittedReader(ClientProperties.at(broker.bootstrapServers(), Map.of()))) {
      reader.readAll(
          new Topics("").tasks(), record -> tasks.add(Wire.task().decode(record.value())));
    }
    return new TasksLog(tasks);
  }

  /** Asserts that there is one task for each of the first waves of the default stream, made of just its examples. */
  void assertEachWaveOnce(int waves) {
    SinusoidSessions sessions = new SinusoidSessions(10, 10, 2000, 0);
    Map<String, List<Float>> expected = new HashMap<>();
    for (int wave = 0; wave < waves; wave++) {
      List<Float> points = new ArrayList<>();
      for (LabeledExample example : sessions.examples(wave)) {
        add(points, Tensors.floats(example.getFeatures()));
      }
      expected.put(sessions.key(wave), points);
    }
    assertThat(tasks).extracting(Task::getTaskKey).doesNotHaveDuplicates();
    Map<String, List<Float>> found = new HashMap<>();
    for (Task task : tasks) {
      List<Float> points = new ArrayList<>();
      add(points, Tensors.floats(task.getSupport().getFeatures()));
      add(points, Tensors.floats(task.getQuery().getFeatures()));
      found.put(task.getTaskKey(), points);
    }
    assertThat(found).isEqualTo(expected);
  }

  private static void add(List<Float> points, float[] more) {
    for (float point : more) {
      points.add(point);
    }
  }
}
