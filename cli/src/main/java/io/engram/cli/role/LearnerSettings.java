package io.engram.cli.role;

import io.engram.cli.config.InvalidSettings;
import io.engram.cli.config.Section;
import io.engram.cli.config.Settings;
import io.engram.cli.source.LearnerChoice;
import io.engram.cli.state.StateDirectory;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.continual.ContinualKind;
import io.engram.core.learning.Basics;
import io.engram.core.learning.DrawBy;
import io.engram.core.learning.Draws;
import io.engram.core.learning.HoldOut;
import io.engram.core.learning.LabelSpace;
import io.engram.core.learning.LifelongSettings;
import io.engram.core.learning.OuterSteps;
import io.engram.core.learning.StreamSettings;
import io.engram.core.learning.TableSettings;
import io.engram.core.learning.TaskSettings;
import io.engram.core.memory.Capacity;
import io.engram.core.memory.DrawKind;
import io.engram.core.memory.MemoryPolicies;
import io.engram.core.memory.MemorySettings;
import io.engram.core.memory.ReplayDraw;
import io.engram.core.memory.RetentionPolicy;
import io.engram.core.network.NetworkSpec;
import io.engram.engine.Engines;
import io.engram.learner.EngineConfig;
import io.engram.learner.HeadConfig;
import io.engram.learner.InnerConfig;
import io.engram.learner.LearnerConfig;
import io.engram.learner.MetaConfig;
import io.engram.learner.OuterConfig;
import io.engram.learner.StoreConfig;
import io.engram.learner.agent.Wishes;
import io.engram.model.Measure;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Section {@code learner}. */
public final class LearnerSettings {

  private static final String AUTO = "auto";
  private static final String JOINT = "joint";
  private static final double EXAMPLES_HELD_OUT = 0.02;

  private LearnerSettings() {}

  /** The learner's configuration. */
  public static LearnerConfig read(Settings settings, StateDirectory state) {
    Section learner = settings.section("learner");
    return learner.build(
        () ->
            new LearnerConfig(
                learner.text("model"),
                new StoreConfig(state.learner(), learner.flag("sync"), learner.flag("rebuild")),
                lifelong(settings),
                learner.integer("publish-every"),
                learner.integer("read-ahead"),
                engine(learner),
                learner.replication(),
                wishes(learner)));
  }

  private static Wishes wishes(Section learner) {
    String score = learner.text("score");
    return new Wishes(
        learner.text("columns"),
        score.equals(AUTO)
            ? Optional.empty()
            : Optional.of(
                Measure.named(score)
                    .orElseThrow(
                        () ->
                            learner.invalid(
                                "score",
                                Arrays.stream(Measure.values())
                                    .map(Measure::key)
                                    .collect(Collectors.joining(" | ", "auto | ", ""))))));
  }

  private static EngineConfig engine(Section learner) {
    return learner.build(
        () ->
            new EngineConfig(
                learner.name("engine", Engines.names(), Engines::whereItIs),
                learner.integer("engine-threads")));
  }

  /** Threads of whichever engine runs on the processor. */
  public static int engineThreads(Settings settings) {
    Section learner = settings.section("learner");
    return learner.build(
        () -> new EngineConfig(Engines.AUTO, learner.integer("engine-threads")).threadsHere());
  }

  /** How it learns. */
  public static LifelongSettings lifelong(Settings settings) {
    Section learner = settings.section("learner");
    if (algorithm(learner).equals(TableSettings.NAME)) {
      return ofTables(settings, learner);
    }
    return continualKind(learner)
        .<LifelongSettings>map(kind -> ofStream(settings, learner, kind))
        .orElseGet(() -> ofTasks(settings, learner));
  }

  /**
   * How a learner of tasks learns, for who can only use one.
   *
   * @throws InvalidSettings if the algorithm is a continual learner
   */
  public static TaskSettings ofTasks(Settings settings) {
    return lifelong(settings)
        .either(
            ofTasks -> ofTasks,
            ofStream -> {
              throw noMetaLearner(settings);
            },
            ofTables -> {
              throw noMetaLearner(settings);
            });
  }

  private static InvalidSettings noMetaLearner(Settings settings) {
    return settings
        .section("learner")
        .invalid("algorithm", "one of " + String.join(", ", MetaConfig.ALGORITHMS));
  }

  /** What learns, for the source that it learns from. */
  static LearnerChoice choice(Settings settings) {
    Section learner = settings.section("learner");
    return new LearnerChoice(learner.text("algorithm"), continualKind(learner).isPresent());
  }

  /** Whether it learns from single examples and means to hold on to what the stream brought. */
  static boolean lasting(Settings settings) {
    return continualKind(settings.section("learner")).filter(ContinualKind::lasting).isPresent();
  }

  private static Optional<ContinualKind> continualKind(Section learner) {
    return new ContinualLearners(learner).named(algorithm(learner));
  }

  /** Which of all there are, in lower case. */
  private static String algorithm(Section learner) {
    Map<String, String> names = new HashMap<>();
    MetaConfig.ALGORITHMS.forEach(name -> names.put(name, name));
    names.put(TableSettings.NAME, TableSettings.NAME);
    new ContinualLearners(learner).names().forEach(name -> names.put(name, name));
    if (learner.text("algorithm").equalsIgnoreCase(JOINT)) {
      throw learner.invalid(
          "algorithm",
          "a learner that keeps a bounded memory; joint, which keeps all it was ever shown, runs in 'engram bench lifelong' alone");
    }
    return learner.kind("algorithm", names);
  }

  private static TableSettings ofTables(Settings settings, Section learner) {
    Basics basics = basics(settings, learner);
    return new TableSettings(
        basics.unscaled(), memory(learner), tasksHeldOut(learner.section("held-out")));
  }

  private static StreamSettings ofStream(Settings settings, Section learner, ContinualKind kind) {
    if (learner.choice("label-space", LabelSpace.class) != LabelSpace.GLOBAL) {
      throw learner.invalid(
          "label-space",
          "global with the continual learner %s: a class keeps its output for the whole stream"
              .formatted(learner.text("algorithm")));
    }
    return new StreamSettings(
        basics(settings, learner),
        new ContinualLearners(learner).read(kind),
        examplesHeldOut(learner.section("held-out")));
  }

  private static Basics basics(Settings settings, Section learner) {
    NetworkSpec network = network(learner);
    return new Basics(
        network,
        new Draws(settings.seed(), learner.choice("draw-by", DrawBy.class)),
        learner.flag("zero-head"),
        learner.integer("group-size"),
        learner.flag("standardise"),
        learner.flag("score-untrained"),
        learner.integer("window"),
        LimitSettings.read(learner, network));
  }

  private static HoldOut examplesHeldOut(Section of) {
    return of.build(() -> new HoldOut(share(of, EXAMPLES_HELD_OUT), of.integer("examples")));
  }

  private static HoldOut tasksHeldOut(Section of) {
    double share = share(of, 0);
    int tasks = of.integer("tasks");
    if (tasks < 1) {
      throw of.invalid("tasks", "at least 1; share = 0 holds none out");
    }
    return share == 0 ? HoldOut.NONE : of.build(() -> new HoldOut(share, tasks));
  }

  private static double share(Section of, double auto) {
    return of.text("share").equals(AUTO) ? auto : of.decimal("share");
  }

  private static TaskSettings ofTasks(Settings settings, Section learner) {
    return new TaskSettings(
        basics(settings, learner),
        meta(learner).toSettings(),
        new OuterSteps(
            learner.integer("outer-steps"),
            learner.integer("train-queries"),
            learner.integer("replay"),
            learner.flag("mix-classes")),
        memory(learner),
        learner.choice("scoring", NormalizationMode.class),
        learner.choice("label-space", LabelSpace.class),
        tasksHeldOut(learner.section("held-out")));
  }

  private static MemorySettings memory(Section learner) {
    return new MemorySettings(memoryCapacity(learner), retention(learner), replayDraw(learner));
  }

  /** A bare number counts tasks, one with a unit their bytes. */
  private static Capacity memoryCapacity(Section learner) {
    return learner.text("memory-capacity").strip().matches("[+-]?[0-9]+")
        ? new Capacity.Tasks(learner.integer("memory-capacity"))
        : new Capacity.Bytes(learner.bytes("memory-capacity"));
  }

  private static RetentionPolicy retention(Section learner) {
    Map<String, RetentionPolicy> policies = new HashMap<>();
    for (RetentionPolicy policy : MemoryPolicies.retentions()) {
      policies.put(policy.name().toLowerCase(Locale.ROOT).replace('_', '-'), policy);
    }
    return learner.kind("retention", policies);
  }

  private static ReplayDraw replayDraw(Section learner) {
    Map<String, DrawKind> draws = new HashMap<>();
    MemoryPolicies.draws().forEach(kind -> draws.put(kind.name(), kind));
    DrawKind kind = learner.kind("replay-draw", draws);
    Section of = kind.section().isEmpty() ? learner : learner.section(kind.section());
    return of.build(() -> new KindValues(kind, of).read(kind::draw));
  }

  private static NetworkSpec network(Section learner) {
    if (learner.text("network").equals(AUTO)) {
      throw learner.invalid(
          "network", "a network such as \"input(8) dense(64) relu dense(1) mse\"");
    }
    return learner.parsed("network", NetworkSpec::parse);
  }

  private static MetaConfig meta(Section learner) {
    return new MetaConfig(
        learner.text("algorithm"),
        new InnerConfig(
            learner.integer("inner-steps"),
            learner.decimal("inner-step-size"),
            learner.text("inner-optimizer"),
            learner.integer("inner-batch"),
            learner.text("learned-steps"),
            learner.decimal("learned-steps-step")),
        new OuterConfig(
            learner.text("outer-optimizer"),
            learner.decimal("meta-step"),
            learner.decimal("meta-step-final"),
            learner.wide("meta-step-decay"),
            learner.text("meta-step-shape"),
            learner.decimal("clip")),
        learner.wide("multi-step-loss"),
        learner.wide("first-order-steps"),
        new HeadConfig(learner.decimal("head-scale"), learner.decimal("ridge-lambda")));
  }
}
