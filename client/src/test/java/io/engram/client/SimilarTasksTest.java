package io.engram.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.client.Versions.Version;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.meta.InnerSteps;
import io.engram.core.meta.MetaSettings;
import io.engram.core.meta.MetaState;
import io.engram.core.meta.MetaTrainer;
import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.Schedule;
import io.engram.core.network.InitialParameters;
import io.engram.core.network.NetworkPresets;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.engine.fused.FusedEngine;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.schemas.Assembly;
import io.engram.schemas.Tensors;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.Adaptation;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.ExampleBlock;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.Task;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class SimilarTasksTest {

  private static final String CLASSES = "input(2) dense(16) relu dense(3) softmax";
  private static final int DEVICES = 12;
  private static final int SESSIONS = 4;
  private static final int ROUNDS = 120;

  /** Three points do not show a wave; ten more of one that was seen before at the same device do. */
  @Test
  void aFewPointsOfAWaveAreEnlargedByEarlierWavesOfTheSameDevice() {
    Model model = waves();
    SupportMemory own = SupportMemory.ofAtMost(100);
    SupportMemory others = SupportMemory.ofAtMost(100);
    for (int session = 0; session < SESSIONS; session++) {
      for (int device = 0; device < DEVICES; device++) {
        String name = "device-" + device + "#" + session;
        own.remember(name, points(device, 10, 1000 + session));
        others.remember(name, points(DEVICES + device, 10, 1000 + session));
      }
    }
    double alone = 0;
    double helped = 0;
    double misled = 0;
    int right = 0;
    try (Workbenches benches = new Workbenches(new FusedEngine(1))) {
      for (int round = 0; round < ROUNDS; round++) {
        int device = round % DEVICES;
        SupportSet.Measured three = points(device, 3, round);
        SimilarTasks near = own.nearest(2);
        alone += error(Regressor.adapt(benches, model, three), device);
        helped += error(Regressor.adapt(benches, model, near.enlarge(model, null, three)), device);
        SupportSet.Measured strange = others.nearest(2).enlarge(model, null, three);
        misled += error(Regressor.adapt(benches, model, strange), device);
        right += near.find(model, three).get(0).task().startsWith("device-" + device + "#") ? 1 : 0;
      }
    }
    System.out.printf(
        "mse of 3 points alone %.3f; with 2 similar tasks %.3f, of other devices %.3f; nearest is its own %d of %d%n",
        alone / ROUNDS, helped / ROUNDS, misled / ROUNDS, right, ROUNDS);
    assertThat(helped)
        .as("error %.3f alone, %.3f with similar tasks", alone / ROUNDS, helped / ROUNDS)
        .isLessThan(0.6 * alone);
    assertThat(misled).isFinite();
  }

  @Test
  void examplesOfTheSameNamesJoinTheirClass() {
    Model model = read(classifier());
    SupportMemory memory = SupportMemory.ofAtMost(10);
    memory.remember("far", labeled(new float[][] {{9, 9}, {8, 8}}, "right", "left"));
    memory.remember(
        "near", labeled(new float[][] {{1, 1}, {-1, 1}, {7, 7}}, "right", "left", "up"));
    memory.remember("strange", labeled(new float[][] {{1, 1}, {-1, 1}}, "spam", "ham"));
    SupportSet.Labeled support = labeled(new float[][] {{1, 0.9f}, {-1, 0.9f}}, "right", "left");

    assertThat(memory.nearest(3).find(model, support))
        .as("what shares no class is passed over, and of the others only what is in play joins")
        .extracting(SimilarTasks.Found::task, SimilarTasks.Found::examples)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("near", 2),
            org.assertj.core.groups.Tuple.tuple("far", 2));
    SupportSet.Labeled enlarged = memory.nearest(1).enlarge(model, null, support);
    assertThat(enlarged.labels()).containsExactly("right", "left", "right", "left");
    assertThat(enlarged.features().get(2)).containsExactly(1, 1);
    assertThat(memory.nearest(3).within(1).find(model, support)).hasSize(1);
    assertThat(memory.nearest(1).enlarge(model, "near", support).features().get(2))
        .as("a task does not help itself")
        .containsExactly(9, 9);
  }

  @Test
  void inAGlobalLabelSpaceEveryClassOfTheModelIsInPlay() {
    Version version = classifier();
    ModelManifest global =
        ModelManifest.newBuilder(version.manifest())
            .setLabelSpace(LabelSpace.GLOBAL)
            .setClasses(List.of("below", "left", "right"))
            .build();
    Model model = read(new Version(global, version.parameters()));
    SupportMemory memory = SupportMemory.ofAtMost(10);
    memory.remember("a", labeled(new float[][] {{0, -1}, {0, 1}}, "below", "above"));
    assertThat(
            memory
                .nearest(1)
                .enlarge(model, null, labeled(new float[][] {{1, 1}}, "right"))
                .labels())
        .containsExactly("right", "below");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Model model = read(classifier());
    SupportMemory memory = SupportMemory.ofAtMost(10);
    SupportSet.Labeled support = labeled(new float[][] {{1, 1}}, "right");
    assertThat(memory.nearest(2).enlarge(model, null, support)).isEqualTo(support);
    memory.remember("a", SupportSet.of(new float[][] {{1, 2, 3}}, "right"));
    assertThatThrownBy(() -> memory.remember("b", SupportSet.of(new float[][] {{1, 2}}, "x")))
        .hasMessageContaining("'b' has labeled examples of 2 features")
        .hasMessageContaining("labeled examples of 3 features");
    assertThatThrownBy(() -> memory.remember("b", SupportSet.of(new float[][] {{1, 2, 3}}, 1f)))
        .hasMessageContaining("examples with targets");
    assertThatThrownBy(() -> memory.remember("b", SupportSet.none()))
        .hasMessageContaining("task 'b' has no examples");
    assertThatThrownBy(() -> memory.nearest(2).find(model, SupportSet.none()))
        .hasMessageContaining("at least 1 example");
    assertThatThrownBy(() -> memory.nearest(2).enlarge(model, null, support))
        .hasMessageContaining("remembered tasks have labeled examples of 3 features")
        .hasMessageContaining("input(2)");
    assertThatThrownBy(
            () -> memory.nearest(2).find(model, SupportSet.of(new float[][] {{1, 1}}, 1f)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> memory.nearest(0)).hasMessageContaining("at least 1 similar task");
    assertThatThrownBy(() -> SupportMemory.ofAtMost(0)).hasMessageContaining("at least 1 task");
  }

  @Test
  void itIsBoundedAndTheOldestGoes() {
    SupportMemory memory = SupportMemory.ofAtMost(3);
    for (String task : List.of("a", "b", "c", "a", "d")) {
      memory.remember(task, labeled(new float[][] {{1, 1}}, task));
    }
    assertThat(memory.size()).isEqualTo(3);
    Model model = read(classifier());
    assertThat(memory.nearest(3).find(model, labeled(new float[][] {{1, 1}}, "b"))).isEmpty();
    assertThat(memory.nearest(3).find(model, labeled(new float[][] {{1, 1}}, "a"))).hasSize(1);
  }

  @Test
  void throughASubscriptionAndFromTheTasksTopic() throws Exception {
    UpdatesTopic updates =
        new UpdatesTopic(TestBroker.bootstrapServers(), TestBroker.uniquePrefix("similar"));
    EngramConfig config =
        EngramConfig.of(TestBroker.bootstrapServers()).withTopicPrefix(updates.topics.prefix());
    produceTasks(updates.topics.tasks());
    try (updates;
        Engram engram = Engram.connect(config);
        ModelSubscription model = engram.subscribe("m")) {
      updates.publish(classifier());
      model.awaitVersion(1, Duration.ofSeconds(20));
      SupportMemory memory = SupportMemory.ofAtMost(5);
      assertThat(engram.recall(memory, Duration.ofSeconds(20))).isEqualTo(5);
      SupportSet.Labeled two = labeled(new float[][] {{1, 1}, {-1, 1}}, "right", "left");
      assertThat(memory.nearest(5).find(model.current().orElseThrow(), two))
          .extracting(SimilarTasks.Found::task)
          .containsExactlyInAnyOrder("t4", "t5", "t6", "t7", "t8");
      assertThat(model.adapt(two, memory.nearest(2)).support().size()).isEqualTo(2 + 2 * 4);
      Classifier kept = model.adapt("mine", two, memory.nearest(1));
      assertThat(kept.support().size()).isEqualTo(2 + 4);
      assertThat(model.classifier("mine")).containsSame(kept);
    }
  }

  /** Nine tasks of two classes over two partitions, and one record that is none. */
  private static void produceTasks(String topic) throws Exception {
    TopicAdmin.ensure(TestBroker.bootstrapServers(), List.of(Topic.of(topic, 2)));
    Map<String, Object> kafka = Map.of("bootstrap.servers", TestBroker.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
      byte[] poison = "poison".getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(topic, 0, null, poison)).get();
      for (int i = 0; i < 9; i++) {
        ExampleBlock block =
            new ExampleBlock(
                Tensors.float32(new float[] {1 + i, 1, -1 - i, 1}, 2, 2),
                Tensors.int32(new int[] {0, 1}, 2));
        Task task =
            new Task(
                "t" + i,
                "key",
                (long) i,
                ClosedBy.SIZE,
                Instant.ofEpochMilli(i),
                List.of("right", "left"),
                block,
                block,
                0,
                0L,
                0L);
        producer.send(new ProducerRecord<>(topic, i % 2, null, Wire.task().encode(task))).get();
      }
    }
  }

  private static SupportSet.Labeled labeled(float[][] features, String... labels) {
    return SupportSet.of(features, labels);
  }

  /** The sine waves of Finn et al. 2017, learned by first-order MAML for a second or two. */
  private static Model waves() {
    NetworkSpec network = NetworkPresets.sinusoid();
    MetaSettings settings =
        new MetaSettings(
            MetaRule.FIRST_ORDER,
            InnerLoop.sgd(5, 0.01f),
            InnerSteps.FIXED,
            OuterOptimizer.Adam.standard(new Schedule.Constant(0.003)),
            OuterOptimizer.Adam.standard(new Schedule.Constant(0.003)),
            0);
    MetaState state =
        MetaState.initial(InitialParameters.of(network, 1, false), network.layout(), settings);
    try (MetaProgram program = new FusedEngine(1).compile(network)) {
      MetaTrainer trainer = new MetaTrainer(program, settings);
      for (int step = 0; step < 3000; step++) {
        List<Episode> batch = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          int wave = 100_000 + 8 * step + i;
          batch.add(new Episode(set(points(wave, 10, 1)), set(points(wave, 10, 2)), wave));
        }
        trainer.step(state, batch);
      }
    }
    Version plain = Versions.of("m", 1, network.toString(), state.theta());
    return read(adapting(plain, new Adaptation(5, "sgd(0.01)", 0, "ALL", "NON_TRANSDUCTIVE")));
  }

  private static Version classifier() {
    NetworkSpec network = NetworkSpec.parse(CLASSES);
    return adapting(
        Versions.of("m", 1, CLASSES, InitialParameters.of(network, 1, true)),
        new Adaptation(50, "sgd(0.3)", 0, "ALL", "NON_TRANSDUCTIVE"));
  }

  private static Version adapting(Version version, Adaptation adaptation) {
    return new Version(
        ModelManifest.newBuilder(version.manifest()).setAdaptation(adaptation).build(),
        version.parameters());
  }

  private static Model read(Version version) {
    return Model.read(
        new Assembly.Complete(version.manifest(), version.parameters()),
        Instant.EPOCH,
        Instant.EPOCH);
  }

  /** Points of a device's wave, which device and draw decide. */
  private static SupportSet.Measured points(int device, int count, long draw) {
    RandomStream wave = new RandomStream(device);
    double amplitude = 0.1 + 4.9 * wave.nextDouble();
    double phase = Math.PI * wave.nextDouble();
    RandomStream random = new RandomStream(31 * draw + 7L * device);
    float[][] x = new float[count][1];
    float[] y = new float[count];
    for (int i = 0; i < count; i++) {
      x[i][0] = (float) (10 * random.nextDouble() - 5);
      y[i] = (float) (amplitude * StrictMath.sin(x[i][0] - phase));
    }
    return SupportSet.of(x, y);
  }

  private static ExampleSet set(SupportSet.Measured points) {
    float[] x = new float[points.size()];
    float[] y = new float[points.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = points.features().get(i)[0];
      y[i] = points.targets().get(i)[0];
    }
    return new ExampleSet(1, x, new Targets.Values(1, y));
  }

  private static double error(Regressor regressor, int device) {
    SupportSet.Measured questions = points(device, 50, 77_777);
    List<float[]> answers = regressor.predictAll(questions.features());
    double sum = 0;
    for (int i = 0; i < answers.size(); i++) {
      double difference = answers.get(i)[0] - questions.targets().get(i)[0];
      sum += difference * difference;
    }
    return sum / answers.size();
  }
}
