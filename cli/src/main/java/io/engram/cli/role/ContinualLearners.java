package io.engram.cli.role;

import io.engram.cli.config.Section;
import io.engram.core.continual.ContinualKind;
import io.engram.core.continual.ContinualKinds;
import io.engram.core.continual.DurableSettings;
import io.engram.core.kind.Kinds;
import java.util.List;
import java.util.Optional;

/** The continual learners that are there, each with a section of its own in section {@code learner}. */
final class ContinualLearners {

  private final Section learner;
  private final List<ContinualKind> kinds = ContinualKinds.all();

  ContinualLearners(Section learner) {
    this.learner = learner;
  }

  List<String> names() {
    return kinds.stream().map(ContinualKind::name).toList();
  }

  /** The one of this name; nothing where it is that of something else. */
  Optional<ContinualKind> named(String name) {
    return Kinds.named(name, kinds);
  }

  /** What its section says. */
  DurableSettings read(ContinualKind kind) {
    Section of = learner.section(kind.name());
    return of.build(() -> new KindValues(kind, of).read(kind::settings));
  }
}
