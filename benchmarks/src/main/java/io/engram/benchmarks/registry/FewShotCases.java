package io.engram.benchmarks.registry;

import com.sun.management.ThreadMXBean;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Rounds;
import io.engram.client.Classifier;
import io.engram.client.Engram;
import io.engram.client.EngramConfig;
import io.engram.client.Model;
import io.engram.client.ModelSubscription;
import io.engram.client.Prediction;
import io.engram.client.SupportSet;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.network.NetworkPresets;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.Shape;
import io.engram.core.random.RandomStream;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.engine.fused.FusedEngine;
import io.engram.modelregistry.RegistryService;
import io.engram.schemas.Topics;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** What the client adds to the engine: adapting Conv4-64 to 5 classes of one drawing each, and asking about one drawing. */
final class FewShotCases {

  private static final String MODEL = "few-shot";
  private static final int WAYS = 5;
  private static final int WARM_UP = 20;
  private static final int PREDICTIONS = 200;

  private final int rounds;

  /** What is made must go somewhere, or the compiler leaves it out. */
  @SuppressWarnings("UnusedVariable")
  private volatile Object sink = "";

  FewShotCases(int rounds) {
    this.rounds = rounds;
  }

  List<Case> run(Site site) throws InterruptedException, TimeoutException {
    Topics topics = new Topics("few-shot-");
    NetworkSpec network = NetworkPresets.conv4(new Shape.Image(1, 28, 28), 64, WAYS);
    site.topic(topics.modelCandidates());
    try (RegistryService registry = site.registry(topics);
        CandidateLine line = new CandidateLine(MODEL, topics, site.kafka(), network);
        Engram engram = Engram.connect(new EngramConfig(topics, site.kafka(), 1));
        ModelSubscription subscription = engram.subscribe(MODEL);
        MetaProgram program = new FusedEngine(1).compile(network)) {
      line.publish(line.candidate(1));
      Model model = subscription.awaitVersion(1, Duration.ofSeconds(60));
      if (registry.termination().isDone()) {
        throw new IllegalStateException("the registry has stopped");
      }
      float[][] drawings = drawings(network.input().size());
      List<String> labels = List.of("a", "b", "c", "d", "e");
      SupportSet.Labeled support = SupportSet.of(drawings, labels);
      List<Case> cases = new ArrayList<>();
      cases.add(adapt(subscription, model, program, support, drawings));
      cases.add(predict(subscription.adapt(support), drawings[0]));
      return cases;
    }
  }

  private Case adapt(
      ModelSubscription subscription,
      Model model,
      MetaProgram program,
      SupportSet.Labeled support,
      float[][] drawings) {
    List<Episode> episodes = List.of(episode(drawings));
    float[] theta = model.parameters();
    float[][] adapted = new float[1][theta.length];
    Rounds engine = new Rounds();
    Rounds client = new Rounds();
    for (int round = 0; round < WARM_UP + rounds; round++) {
      long start = System.nanoTime();
      program.adapt(theta, episodes, model.innerLoop(), adapted);
      long between = System.nanoTime();
      sink = subscription.adapt(support);
      long end = System.nanoTime();
      if (round >= WARM_UP) {
        engine.addNanos(between - start);
        client.addNanos(end - between);
      }
    }
    return Case.of("5-way 1-shot, Conv4-64, 5 steps", "adapt on one core", client.median(), "ms")
        .atMost(
            1.2,
            "the engine alone (%.2f ms)".formatted(engine.median()),
            client.median() / engine.median());
  }

  private Case predict(Classifier classifier, float[] drawing) {
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long asked = allocated(memory, () -> classifier.predict(drawing));
    Prediction like = classifier.predict(drawing);
    long results =
        allocated(
            memory,
            () -> new Prediction(like.label(), like.classes(), new float[WAYS], like.version()));
    double beyond = (asked - results) / (double) PREDICTIONS;
    return Case.of("predict one drawing", "heap beyond the result", beyond, "B")
        .goal("< 1", beyond < 1);
  }

  private long allocated(ThreadMXBean memory, java.util.function.Supplier<Object> work) {
    for (int i = 0; i < PREDICTIONS; i++) {
      sink = work.get();
    }
    long before = memory.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < PREDICTIONS; i++) {
      sink = work.get();
    }
    return memory.getCurrentThreadAllocatedBytes() - before;
  }

  private static float[][] drawings(int pixels) {
    RandomStream random = new RandomStream(7);
    float[][] drawings = new float[WAYS][pixels];
    for (float[] drawing : drawings) {
      for (int i = 0; i < pixels; i++) {
        drawing[i] = (float) random.nextDouble();
      }
    }
    return drawings;
  }

  private static Episode episode(float[][] drawings) {
    int pixels = drawings[0].length;
    float[] inputs = new float[WAYS * pixels];
    int[] classes = new int[WAYS];
    for (int i = 0; i < WAYS; i++) {
      System.arraycopy(drawings[i], 0, inputs, i * pixels, pixels);
      classes[i] = i;
    }
    ExampleSet support = new ExampleSet(pixels, inputs, new Targets.Classes(WAYS, classes));
    ExampleSet none = new ExampleSet(pixels, new float[0], new Targets.Classes(WAYS, new int[0]));
    return new Episode(support, none, 1L);
  }
}
