package io.engram.modelregistry.kafka;

import io.engram.modelregistry.agent.Signatures;
import io.engram.modelregistry.image.Change;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.RegistryImage;
import io.engram.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the log of events for people, and goes on behind what is lost of it. */
public final class JournalRepair {

  /** Changes nothing: there is no such alias. */
  private static final String NO_ALIAS = "repair";

  private static final String ACTOR = "repair";
  private static final Duration TRANSACTION = Duration.ofSeconds(30);

  private final Topics topics;
  private final Map<String, Object> kafka;
  private final Signatures signatures;

  public JournalRepair(Topics topics, Map<String, Object> kafka, Signatures signatures) {
    this.topics = topics;
    this.kafka = Map.copyOf(kafka);
    this.signatures = signatures;
  }

  /**
   * What stands in the log.
   *
   * @param image what the events say that stand in their places
   * @param foreign records that no registry wrote, or that cannot stand where they are
   * @param missing what is lost, if events of the registry stand behind a gap: it does not start then
   * @param signed whether the last events are signed
   */
  public record Report(
      RegistryImage image, List<Passed> foreign, Optional<String> missing, boolean signed) {}

  /** A record that is passed over. */
  public record Passed(long offset, String reason) {}

  /** Reads the log. Needs no rights but to read. */
  public Report inspect() {
    return report(KafkaJournal.read(topics, kafka, signatures));
  }

  /**
   * Takes the log over from a registry that runs, and appends an event that says what was lost and that it goes on without. Nothing is
   * appended where nothing is lost.
   *
   * @return what stands in the log now
   */
  public Report goOn() {
    try (KafkaJournal journal = new KafkaJournal(topics, kafka, TRANSACTION, signatures)) {
      EventLog log = KafkaJournal.read(topics, kafka, signatures);
      Optional<String> missing = log.missing();
      if (missing.isPresent()) {
        RegistryImage image = journal.follow(log);
        journal.commit(
            image.events(),
            List.of(mark(image, missing.get())),
            List.of(),
            () -> {},
            Optional.empty());
      }
    }
    return inspect();
  }

  private static ModelEvent mark(RegistryImage image, String missing) {
    String model = image.models().isEmpty() ? ACTOR : image.models().firstKey();
    return new ModelEvent(
        model,
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        ACTOR,
        "the log goes on here: " + missing,
        null,
        new Change.AliasRemoved(NO_ALIAS));
  }

  private static Report report(EventLog log) {
    return new Report(
        log.image(),
        log.foreign().stream().map(it -> new Passed(it.offset(), it.reason())).toList(),
        log.missing(),
        log.sealed());
  }
}
