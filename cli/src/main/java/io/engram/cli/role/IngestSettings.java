package io.engram.cli.role;

import io.engram.cli.config.Section;
import io.engram.cli.config.Settings;
import io.engram.cli.state.StateDirectory;
import io.engram.ingest.IngestConfig;
import io.engram.ingest.domain.ExampleRules;
import io.engram.ingest.domain.IngestRules;
import io.engram.ingest.domain.RejectionRules;
import io.engram.ingest.domain.SplitRules;
import io.engram.ingest.domain.TargetKind;
import io.engram.ingest.format.ExampleDecoder;
import io.engram.ingest.format.ExampleFormats;
import io.engram.ingest.format.FormatChoice;
import io.engram.ingest.kafka.StreamsRun;
import io.engram.ingest.kafka.TopicLayout;
import java.util.List;
import java.util.OptionalDouble;

/** Section {@code ingest}. */
public final class IngestSettings {

  private IngestSettings() {}

  /** Ingest's configuration. */
  public static IngestConfig read(Settings settings, StateDirectory state) {
    Section ingest = settings.section("ingest");
    return ingest.build(
        () ->
            new IngestConfig(
                new StreamsRun(
                    state.ingest(),
                    ingest.text("instance-id"),
                    ingest.integer("threads"),
                    ingest.duration("commit-interval"),
                    ingest.duration("start-timeout"),
                    topics(ingest.section("topics"))),
                format(settings),
                new IngestRules(
                    examples(ingest.section("examples")),
                    GroupingSettings.read(ingest.section("grouping")),
                    split(ingest.section("split")),
                    ingest.duration("key-memory"),
                    rejection(ingest.section("rejected")))));
  }

  private static RejectionRules rejection(Section section) {
    return new RejectionRules(section.integer("attempts"), section.integer("same"));
  }

  /** Opened once here, so that what is wrong is said before anything starts. */
  private static FormatChoice format(Settings settings) {
    FormatChoice choice = choice(settings);
    ExampleDecoder unused = ExampleFormats.open(choice);
    return choice;
  }

  private static FormatChoice choice(Settings settings) {
    return new FormatChoice(
        settings.section("ingest").section("examples").text("format"),
        settings.below("ingest.examples.format-options"),
        ExampleTopics.read(settings));
  }

  /** What reads the bytes of examples. */
  static ExampleDecoder decoder(Settings settings) {
    return settings.section("ingest").build(() -> ExampleFormats.open(choice(settings)));
  }

  static TopicLayout topics(Section section) {
    return new TopicLayout(section.integer("partitions"), section.replication());
  }

  private static ExampleRules examples(Section section) {
    List<Integer> shape =
        section.words("feature-shape").stream()
            .map(
                size -> {
                  try {
                    return Integer.valueOf(size);
                  } catch (NumberFormatException e) {
                    throw section.invalid("feature-shape", "sizes such as [1, 28, 28]");
                  }
                })
            .toList();
    return new ExampleRules(
        shape, section.choice("target", TargetKind.class), section.size("max-bytes"));
  }

  private static SplitRules split(Section section) {
    OptionalDouble fraction =
        section.text("support-fraction").equals("none")
            ? OptionalDouble.empty()
            : OptionalDouble.of(section.decimal("support-fraction"));
    return new SplitRules(
        section.integer("shots"),
        section.integer("support"),
        fraction,
        section.integer("min-examples"),
        section.integer("max-classes"));
  }
}
