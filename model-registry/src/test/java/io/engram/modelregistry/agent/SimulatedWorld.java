package io.engram.modelregistry.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.modelregistry.Candidates.Candidate;
import io.engram.modelregistry.agent.SimulatedCluster.Entry;
import io.engram.modelregistry.gate.CandidateJudge;
import io.engram.modelregistry.gate.Measured;
import io.engram.modelregistry.gate.ParameterRetention;
import io.engram.modelregistry.gate.PromotionPolicy;
import io.engram.modelregistry.image.CandidatePosition;
import io.engram.modelregistry.image.Change;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.ModelImage;
import io.engram.modelregistry.image.RegisteredVersion;
import io.engram.modelregistry.image.RegistryImage;
import io.engram.modelregistry.parameters.ParameterStore;
import io.engram.schemas.avro.ModelManifest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * All that a registry's process touches and that outlives it, and the promises about it, which are looked at after every commit. Seeded.
 */
final class SimulatedWorld {

  static final List<String> MODELS = List.of("a", "b");

  /** Metrics that the examiner goes by and the gate does not know. */
  private static final String ABSURD = "absurd";

  private static final String TRUTH = "truth";

  private final long seed;
  private final Path directory;
  private final Fate fate;
  private final SimulatedCluster cluster;

  /**
   * @param contents what the learners publish, the same for the same number
   * @param seed what happens to the registry
   * @param trouble probability of a kill, and that of a failure, at each step
   */
  SimulatedWorld(long contents, long seed, double trouble, Path directory) {
    this(learners(new Random(contents)), seed, trouble, directory);
  }

  private SimulatedWorld(List<List<Entry>> learners, long seed, double trouble, Path directory) {
    this.seed = seed;
    this.directory = directory;
    this.fate = new Fate(seed, trouble);
    this.cluster = new SimulatedCluster(fate, learners, this::promises);
  }

  /** The same with strangers among the learners, who write what they like. */
  static SimulatedWorld hostile(long contents, long seed, double trouble, Path directory) {
    List<List<Entry>> learners = learners(new Random(contents));
    Random random = new Random(~contents);
    for (List<Entry> log : learners) {
      for (int at = log.size(); at >= 0; at--) {
        for (int many = random.nextInt(3); many > 0; many--) {
          log.add(at, stranger(random, log.size()));
        }
      }
    }
    return new SimulatedWorld(learners, seed, trouble, directory);
  }

  private static Entry stranger(Random random, int number) {
    String model = MODELS.get(random.nextInt(MODELS.size()));
    return switch (random.nextInt(5)) {
      case 0 -> new Entry.Beyond();
      case 1 -> new Entry.Unreadable();
      case 2 -> new Entry.Forged(forged("../" + model, "named-" + number, Map.of()));
      case 3 -> new Entry.Forged(forged(model, "absurd-" + number, Map.of(ABSURD, 1.0)));
      default -> new Entry.Whole(forged(model, "boasting-" + number, Map.of(TRUTH, -1.0)));
    };
  }

  private static Candidate forged(String model, String id, Map<String, Double> metrics) {
    Candidate honest =
        new io.engram.modelregistry.Candidates(model).candidate(id, null, 1 << 20, 1.0, 8);
    Map<String, Double> all = new HashMap<>(honest.manifest().getMetrics());
    all.putAll(metrics);
    return new Candidate(
        ModelManifest.newBuilder(honest.manifest()).setMetrics(all).build(), honest.parameters());
  }

  /** What it says of a candidate is so, whatever that says of itself. */
  private static CandidateExaminer.Finding examined(
      CandidateExaminer.Exhibit candidate, Optional<CandidateExaminer.Exhibit> champion) {
    if (candidate.manifest().getMetrics().containsKey(ABSURD)) {
      return new CandidateExaminer.Finding.Unusable("it is absurd");
    }
    return new CandidateExaminer.Finding.Usable(
        Optional.of(
            new Measured(
                truth(candidate), champion.map(SimulatedWorld::truth).orElse(Double.NaN), 9)));
  }

  private static double truth(CandidateExaminer.Exhibit exhibit) {
    Map<String, Double> metrics = exhibit.manifest().getMetrics();
    return metrics.getOrDefault(TRUTH, metrics.getOrDefault("prequential.window", 0.0));
  }

  /** Writes over what is published, as nobody but the registry should. */
  void forgeUpdates() {
    for (String model : MODELS) {
      Candidate forged = forged(model, "forged", Map.of());
      cluster.forge(new VersionUpdate(forged.manifest(), forged.parameters(), 1));
    }
  }

  /** What holds while nobody but the registry writes. */
  void requireChampions() {
    MODELS.forEach(model -> champion(image().modelOrEmpty(model)));
  }

  /** Two learners, each in a partition of its own: versions, the same again, broken ones, and what is nobody's. */
  private static List<List<Entry>> learners(Random random) {
    List<List<Entry>> partitions = new ArrayList<>();
    for (String model : MODELS) {
      var candidates = new io.engram.modelregistry.Candidates(model);
      List<Entry> log = new ArrayList<>();
      int number = 0;
      while (log.size() < 15) {
        int drawn = random.nextInt(10);
        if (drawn == 0) {
          log.add(new Entry.Unreadable());
        } else if (drawn == 1) {
          log.add(new Entry.Broken(model, "broken-" + log.size()));
        } else if (drawn < 4 && number > 0) {
          log.add(new Entry.Whole(candidates.candidate(number, random.nextDouble())));
        } else {
          log.add(new Entry.Whole(candidates.candidate(++number, random.nextDouble())));
        }
      }
      partitions.add(log);
    }
    return partitions;
  }

  /** A process that has not begun. */
  RegistryAgent process() {
    return new RegistryAgent(
        new Admission(
            new CandidateJudge(PromotionPolicy.parse("not-worse(0.2)")), SimulatedWorld::examined),
        new ParameterRetention(3, 2),
        cluster,
        new VersionBytes(ParameterStore.open(directory), cluster),
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
        new RegistryMeters(new SimpleMeterRegistry()),
        Duration.ZERO);
  }

  Fate fate() {
    return fate;
  }

  List<ModelEvent> events() {
    return cluster.events();
  }

  RegistryImage image() {
    return RegistryImage.EMPTY.apply(cluster.events());
  }

  List<VersionUpdate> published() {
    return cluster.published();
  }

  /** Whether every candidate is a version or rejected. */
  boolean complete() {
    RegistryImage image = image();
    return cluster.partitions().stream()
        .flatMap(List::stream)
        .allMatch(entry -> dealtWith(image, entry));
  }

  /** What must hold of the cluster at any instant, whatever became of the process. */
  private void promises() {
    RegistryImage image = image();
    for (String name : MODELS) {
      ModelImage model = image.modelOrEmpty(name);
      assertThat(model.versions())
          .as("seed %d: a candidate is one version", seed)
          .extracting(RegisteredVersion::candidateId)
          .doesNotHaveDuplicates();
      assertThat(model.chronicle().history())
          .as("seed %d: nothing is recorded twice", seed)
          .filteredOn(event -> event.change() instanceof Change.Registered)
          .extracting(ModelEvent::change)
          .doesNotHaveDuplicates();
      champion(model);
    }
    read(image);
  }

  /** What subscribers hold is the champion, whole, and its parameters are kept. */
  private void champion(ModelImage model) {
    VersionUpdate update = cluster.update(model.name());
    if (model.champion().isEmpty()) {
      assertThat(update).as("seed %d", seed).isNull();
      return;
    }
    RegisteredVersion champion = model.championVersion().orElseThrow();
    assertThat(champion.parametersKept()).as("seed %d", seed).isTrue();
    assertThat(update).as("seed %d", seed).isNotNull();
    if (update != null) {
      assertThat(update.manifest().getVersion()).isEqualTo(champion.version());
      assertThat(update.parameters()).isEqualTo(bytes(champion));
    }
  }

  private byte[] bytes(RegisteredVersion version) {
    return cluster.partitions().stream()
        .flatMap(List::stream)
        .filter(Entry.Whole.class::isInstance)
        .map(entry -> ((Entry.Whole) entry).candidate())
        .filter(candidate -> candidate.manifest().getSha256().equals(version.sha256()))
        .map(Candidate::parameters)
        .findFirst()
        .orElseThrow();
  }

  /** Nothing before the position that is read from next was passed over. */
  private void read(RegistryImage image) {
    image
        .read()
        .forEach(
            (partition, offset) -> {
              List<Entry> before =
                  cluster.partitions().get(partition).subList(0, (int) (long) offset);
              assertThat(before)
                  .as("seed %d: before %s", seed, new CandidatePosition(partition, offset))
                  .allMatch(entry -> dealtWith(image, entry));
            });
  }

  private static boolean dealtWith(RegistryImage image, Entry entry) {
    if (entry instanceof Entry.Whole whole) {
      return image
          .modelOrEmpty(whole.candidate().manifest().getModelName())
          .candidate(whole.candidate().id())
          .isPresent();
    }
    if (entry instanceof Entry.Forged forged) {
      String model = forged.candidate().manifest().getModelName();
      return !MODELS.contains(model) || rejected(image, model, forged.candidate().id());
    }
    return !(entry instanceof Entry.Broken broken)
        || rejected(image, broken.model(), broken.candidateId());
  }

  private static boolean rejected(RegistryImage image, String model, String candidateId) {
    return image.modelOrEmpty(model).chronicle().history().stream()
        .anyMatch(
            event ->
                event.change() instanceof Change.Rejected rejected
                    && rejected.candidateId().equals(candidateId));
  }
}
