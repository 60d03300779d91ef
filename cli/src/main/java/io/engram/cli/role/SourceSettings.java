package io.engram.cli.role;

import io.engram.cli.config.Layers.Derived;
import io.engram.cli.config.Section;
import io.engram.cli.config.Settings;
import io.engram.cli.feed.FeedConfig;
import io.engram.cli.source.ExampleSource;
import io.engram.cli.source.LearnerChoice;
import io.engram.cli.source.OpenedSource;
import io.engram.cli.source.SessionPlan;
import io.engram.cli.source.SourceKind;
import io.engram.cli.source.SourceKinds;
import io.engram.cli.source.SourceRequest;
import io.engram.learner.MetaConfig;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Section {@code source}: opens the source, and says what its data asks of the other parts. */
public final class SourceSettings {

  private SourceSettings() {}

  /**
   * A source, with what its data asks for.
   *
   * @param derived values for keys of other sections
   */
  public record Opened(ExampleSource source, Map<String, Derived> derived) {}

  /** Which source it is. */
  public static SourceKind kind(Settings settings) {
    Map<String, SourceKind> kinds =
        SourceKinds.all().stream().collect(Collectors.toMap(SourceKind::name, Function.identity()));
    return settings.section("source").kind("kind", kinds);
  }

  /** How it is sent. */
  public static FeedConfig feed(Settings settings) {
    Section source = settings.section("source");
    return source.build(
        () ->
            new FeedConfig(
                source.integer("batch"), source.wide("max-ahead"), source.flag("close-at-end")));
  }

  /**
   * Opens the source.
   *
   * @param progress told of what takes long
   */
  public static Opened open(
      Settings settings, InputStream standardInput, Consumer<String> progress) {
    SourceKind kind = kind(settings);
    Section source = settings.section("source");
    Section own = source.section(kind.name());
    KindValues values = new KindValues(kind, own);
    LearnerChoice learner = LearnerSettings.choice(settings);
    if (learner.continual()) {
      values
          .read(kind::withoutClasses)
          .ifPresent(because -> refuseContinual(settings.section("learner"), because));
    }
    SourceRequest request =
        new SourceRequest(
            values,
            sessions(source),
            settings.seed(),
            learner,
            settings.top().path("state-dir"),
            standardInput,
            progress);
    OpenedSource opened = own.build(() -> values.read(unused -> kind.open(request)), source);
    return new Opened(opened.source(), derived(settings, opened, learner));
  }

  private static Map<String, Derived> derived(
      Settings settings, OpenedSource opened, LearnerChoice learner) {
    Map<String, Derived> derived = new HashMap<>();
    opened
        .suggestions()
        .forEach((key, it) -> derived.put(key, new Derived(it.value(), it.because())));
    if (learner.continual()) {
      // Its prequential score falls whenever the stream turns to something new, and it is the
      // newest version that knows that. What must not fall is what it knows of the whole past, if
      // it means to.
      derived.put(
          "registry.promotion",
          new Derived(
              LearnerSettings.lasting(settings) ? "retains(0.05)" : "always", learner.because()));
    }
    return derived;
  }

  /** Stops a continual learner where there are no classes. */
  private static void refuseContinual(Section learner, String because) {
    throw learner.invalid(
        "algorithm",
        "one of %s: %s, and a continual learner tells classes apart"
            .formatted(String.join(", ", MetaConfig.ALGORITHMS), because));
  }

  private static SessionPlan sessions(Section source) {
    OptionalLong tasks = source.wideOr("tasks", "unlimited");
    if (tasks.isPresent() && tasks.getAsLong() < 1) {
      throw source.invalid("tasks", "at least 1, or 'unlimited'");
    }
    int interleave = source.integer("interleave");
    if (interleave < 1) {
      throw source.invalid("interleave", "at least 1");
    }
    return new SessionPlan(
        source.integer("ways"),
        source.integer("shots"),
        source.integer("queries"),
        tasks,
        interleave);
  }
}
