package io.engram.modelregistry.http;

import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.image.ModelImage;
import io.engram.modelregistry.image.RegisteredVersion;
import io.engram.modelregistry.page.StudyDesk;
import io.engram.modelregistry.page.StudyReport;

/** How a champion adapts to the newest tasks, for the page. */
final class Studying {

  private final RegistryService registry;
  private final Reading reading;
  private final StudyDesk desk;

  Studying(RegistryService registry, Reading reading, StudyDesk desk) {
    this.registry = registry;
    this.reading = reading;
    this.desk = desk;
  }

  /** What is known now; asking again later may tell more. */
  Answer adaptation(Call call) {
    ModelImage model = reading.find(call);
    RegisteredVersion champion =
        model
            .championVersion()
            .orElseThrow(
                () -> Problem.notFound("model '%s' has no champion yet".formatted(model.name())));
    StudyReport report = desk.of(model.name(), champion, () -> registry.parameters(champion));
    return Answer.json(report);
  }
}
