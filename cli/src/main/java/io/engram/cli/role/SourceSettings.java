package io.engram.cli.role;

import io.engram.cli.config.Layers.Derived;
import io.engram.cli.config.Section;
import io.engram.cli.config.Settings;
import io.engram.cli.feed.FeedConfig;
import io.engram.cli.source.ExampleSource;
import io.engram.cli.source.SessionSource;
import io.engram.cli.source.csv.CsvSettings;
import io.engram.cli.source.csv.CsvSource;
import io.engram.cli.source.omniglot.OmniglotDownload;
import io.engram.cli.source.omniglot.OmniglotSource;
import io.engram.cli.source.sinusoid.SinusoidSessions;
import io.engram.core.network.Head;
import io.engram.core.network.NetworkPresets;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.Shape;
import io.engram.learner.MetaConfig;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Section {@code source}: opens the source, and says what its data asks of the other parts. */
public final class SourceSettings {

  private static final String EXACT = "algorithm maml";
  private static final int OMNIGLOT_SIDE = 28;
  private static final int CONVOLUTION_FILTERS = 64;
  private static final List<Integer> OMNIGLOT_HIDDEN = List.of(100, 100);
  private static final List<Integer> CSV_HIDDEN = List.of(64, 64);

  private SourceSettings() {}

  /** The built-in sources. */
  public enum Kind {
    SINUSOID,
    OMNIGLOT,
    CSV;

    /** The name of its preset. */
    public String preset() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A source, with what its data asks for.
   *
   * @param derived values for keys of other sections
   */
  public record Opened(ExampleSource source, Map<String, Derived> derived) {}

  /** Which source it is. */
  public static Kind kind(Settings settings) {
    return settings.section("source").choice("kind", Kind.class);
  }

  /** How it is sent. */
  public static FeedConfig feed(Settings settings) {
    Section source = settings.section("source");
    return source.build(() -> new FeedConfig(source.integer("batch"), source.wide("max-ahead")));
  }

  /**
   * Opens the source.
   *
   * @param progress told of what takes long
   */
  public static Opened open(
      Settings settings, InputStream standardInput, Consumer<String> progress) {
    Opened opened =
        switch (kind(settings)) {
          case SINUSOID -> sinusoid(settings);
          case OMNIGLOT -> omniglot(settings, progress);
          case CSV -> csv(settings, standardInput);
        };
    if (!LearnerSettings.continual(settings)) {
      return opened;
    }
    Map<String, Derived> derived = new HashMap<>(opened.derived());
    // Its prequential score falls whenever the stream turns to something new, and it is the newest
    // version that knows that. What must not fall is what it knows of the whole past, if it means
    // to.
    derived.put(
        "registry.promotion",
        new Derived(
            LearnerSettings.lasting(settings) ? "retains(0.05)" : "always", continual(settings)));
    return new Opened(opened.source(), derived);
  }

  private static Opened sinusoid(Settings settings) {
    requireTasks(settings, "sine waves have values");
    Section source = settings.section("source");
    int shots = source.integer("shots");
    int queries = source.integer("queries");
    SinusoidSessions sessions =
        source.build(
            () ->
                new SinusoidSessions(
                    shots,
                    queries,
                    source.section("sinusoid").wide("drift-period"),
                    settings.seed()));
    Map<String, Derived> derived = sessionSize(shots + queries);
    derived.put("ingest.split.support", new Derived(shots, "source.shots"));
    derived.put("learner.network", network(NetworkPresets.sinusoid()));
    if (exact(settings)) {
      derived.put("learner.learned-steps", new Derived("per-tensor", EXACT));
      derived.put("learner.meta-step", new Derived(0.002, EXACT));
    }
    return new Opened(
        new SessionSource(sessions, tasks(source), interleave(source), settings.seed()), derived);
  }

  private static Opened omniglot(Settings settings, Consumer<String> progress) {
    Section source = settings.section("source");
    Section omniglot = source.section("omniglot");
    if (omniglot.text("data").isBlank()) {
      throw omniglot.invalid(
          "data", "a directory with the Omniglot archives: --data DIR (--download fetches them)");
    }
    Path data = omniglot.path("data");
    if (omniglot.flag("download")) {
      new OmniglotDownload(omniglot.parsed("download-from", URI::create), progress).into(data);
    }
    int ways = source.integer("ways");
    int shots = source.integer("shots");
    int queries = source.integer("queries");
    OmniglotSource opened =
        source.build(
            () ->
                OmniglotSource.open(
                    new OmniglotSource.Settings(
                        data,
                        omniglot.text("characters"),
                        ways,
                        shots,
                        queries,
                        tasks(source),
                        interleave(source),
                        settings.seed())));
    Map<String, Derived> derived = sessionSize(ways * (shots + queries));
    derived.put("ingest.split.shots", new Derived(shots, "source.shots"));
    if (LearnerSettings.continual(settings)) {
      derived.putAll(continualOmniglot(settings, opened));
      return new Opened(opened, derived);
    }
    derived.put(
        "learner.network",
        network(
            NetworkPresets.conv4(
                new Shape.Image(1, OMNIGLOT_SIDE, OMNIGLOT_SIDE), CONVOLUTION_FILTERS, ways)));
    if (exact(settings)) {
      // First order needs several small steps; through one large step exact MAML learns far more
      // from the same stream.
      derived.put("learner.inner-steps", new Derived(1, EXACT));
      derived.put("learner.inner-step-size", new Derived(0.4, EXACT));
      derived.put("learner.learned-steps", new Derived("per-tensor", EXACT));
    }
    return new Opened(opened, derived);
  }

  /** Every turned character is a class for ever, with an output of its own. */
  private static Map<String, Derived> continualOmniglot(Settings settings, OmniglotSource opened) {
    NetworkSpec network =
        NetworkPresets.mlp(
            OMNIGLOT_SIDE * OMNIGLOT_SIDE,
            OMNIGLOT_HIDDEN,
            opened.classes(),
            Head.SOFTMAX_CROSS_ENTROPY);
    return Map.of(
        "learner.network", new Derived(network.toString(), continual(settings)),
        "learner.label-space", new Derived("global", continual(settings)));
  }

  private static Opened csv(Settings settings, InputStream standardInput) {
    Section csv = settings.section("source").section("csv");
    if (csv.choice("kind", CsvSettings.Kind.class) == CsvSettings.Kind.REGRESSION) {
      requireTasks(settings, "source.csv.kind is regression");
    }
    String delimiter = csv.text("delimiter");
    if (delimiter.length() != 1) {
      throw csv.invalid("delimiter", "one character");
    }
    CsvSource opened =
        CsvSource.open(
            csv.build(
                () ->
                    new CsvSettings(
                        csv.text("file"),
                        csv.text("key"),
                        csv.text("label"),
                        csv.words("ignore"),
                        csv.choice("kind", CsvSettings.Kind.class),
                        csv.choice("missing", CsvSettings.Missing.class),
                        delimiter.charAt(0),
                        csv.integer("look-ahead"),
                        csv.flag("input-continues"))),
            standardInput);
    boolean regression = opened.classes() == 0;
    NetworkSpec network =
        NetworkPresets.mlp(
            opened.features(),
            CSV_HIDDEN,
            regression ? 1 : opened.classes(),
            regression ? Head.MEAN_SQUARED_ERROR : Head.SOFTMAX_CROSS_ENTROPY);
    Map<String, Derived> derived = new HashMap<>();
    derived.put(
        "learner.network", new Derived(network.toString(), "columns of " + csv.text("file")));
    if (regression) {
      // Squared errors have steeper gradients than cross-entropy: steps of 0.1 diverge on raw
      // tables.
      derived.put("learner.inner-step-size", new Derived(0.02, "regression"));
      derived.put("learner.inner-steps", new Derived(5, "regression"));
    }
    return new Opened(opened, derived);
  }

  /** Stops a continual learner where there are no classes. */
  private static void requireTasks(Settings settings, String because) {
    if (LearnerSettings.continual(settings)) {
      throw settings
          .section("learner")
          .invalid(
              "algorithm",
              "one of %s: %s, and a continual learner tells classes apart"
                  .formatted(String.join(", ", MetaConfig.ALGORITHMS), because));
    }
  }

  private static String continual(Settings settings) {
    return "algorithm " + settings.section("learner").text("algorithm");
  }

  /** Whether it learns by exact MAML, which wants other inner steps than the rest. */
  private static boolean exact(Settings settings) {
    return settings.section("learner").text("algorithm").equalsIgnoreCase("maml");
  }

  private static OptionalLong tasks(Section source) {
    OptionalLong tasks = source.wideOr("tasks", "unlimited");
    if (tasks.isPresent() && tasks.getAsLong() < 1) {
      throw source.invalid("tasks", "at least 1, or 'unlimited'");
    }
    return tasks;
  }

  private static int interleave(Section source) {
    int interleave = source.integer("interleave");
    if (interleave < 1) {
      throw source.invalid("interleave", "at least 1");
    }
    return interleave;
  }

  private static Map<String, Derived> sessionSize(int examples) {
    Map<String, Derived> derived = new HashMap<>();
    derived.put("ingest.grouping.size", new Derived(examples, "size of the source's sessions"));
    return derived;
  }

  private static Derived network(NetworkSpec network) {
    return new Derived(network.toString(), "the source's network");
  }
}
