package io.engram.cli.role;

import io.engram.cli.config.Section;
import io.engram.ingest.boundary.BoundaryRules;
import io.engram.ingest.boundary.DetectorKind;
import io.engram.ingest.boundary.Statistic;
import io.engram.ingest.domain.Cuts;
import io.engram.ingest.domain.GroupingRules;
import io.engram.ingest.domain.LateRule;
import io.engram.ingest.domain.Strays;
import io.engram.ingest.domain.TooSmall;
import io.engram.ingest.domain.WindowRules;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Section {@code ingest.grouping}. */
final class GroupingSettings {

  private static final String NONE = "none";

  private GroupingSettings() {}

  static GroupingRules read(Section section) {
    return new GroupingRules(
        section.integer("size"),
        section.integer("task-id-size"),
        section.duration("idle"),
        section.size("max-task-bytes"),
        new Cuts(age(section), window(section), boundary(section.section("boundary"))),
        strays(section));
  }

  private static Optional<Duration> age(Section section) {
    return section.text("age").equals(NONE)
        ? Optional.empty()
        : Optional.of(section.duration("age"));
  }

  private static Optional<WindowRules> window(Section section) {
    Optional<WindowRules.Kind> kind =
        section.choice(
            "window",
            Map.of(
                NONE,
                Optional.empty(),
                "tumbling",
                Optional.of(WindowRules.Kind.TUMBLING),
                "session",
                Optional.of(WindowRules.Kind.SESSION)));
    return kind.map(
        it ->
            new WindowRules(
                it,
                section.duration("window-length"),
                section.duration("grace"),
                section.choice("late", LateRule.class)));
  }

  private static Optional<BoundaryRules> boundary(Section section) {
    Optional<DetectorKind> detector =
        section.choice(
            "detector",
            Map.of(
                NONE,
                Optional.empty(),
                "adwin",
                Optional.of(DetectorKind.ADWIN),
                "page-hinkley",
                Optional.of(DetectorKind.PAGE_HINKLEY),
                "kswin",
                Optional.of(DetectorKind.KSWIN),
                "bayes",
                Optional.of(DetectorKind.BAYES)));
    return detector.map(
        it ->
            new BoundaryRules(
                it,
                section.choice("on", Statistic.class),
                section.decimal("hazard"),
                section.decimal("confidence"),
                section.decimal("threshold"),
                section.integer("window")));
  }

  private static Strays strays(Section section) {
    String name = section.text("without-key");
    return new Strays(
        section.choice("too-small", TooSmall.class),
        name.equals("reject") ? "" : name,
        section.integer("remembered-ids"));
  }
}
