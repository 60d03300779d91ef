package io.engram.modelregistry.agent;

import io.engram.modelregistry.gate.Asker;
import io.engram.modelregistry.gate.Caller;
import io.engram.modelregistry.gate.Condition;
import io.engram.modelregistry.gate.Decision;
import io.engram.modelregistry.gate.ParameterRetention;
import io.engram.modelregistry.gate.RegistryRequest;
import io.engram.modelregistry.gate.RequestDecisions;
import io.engram.modelregistry.image.Change;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.ModelImage;
import io.engram.modelregistry.image.RegisteredVersion;
import io.engram.modelregistry.image.RegistryImage;
import io.engram.schemas.TraceContext;
import io.engram.schemas.avro.ModelManifest;
import io.engram.servicekit.log.CountedLog;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state machine: decides on the image, has the events committed together with the update that follows from them, and only then
 * moves the image on. What {@code model-updates} holds of a model is always its champion. For one thread.
 */
final class Registry {

  private static final Logger LOG = LoggerFactory.getLogger(Registry.class);
  private final CountedLog counted = CountedLog.to(LOG);

  /** Of one model since its newest version; further ones are counted by the meters alone. */
  private static final int MOST_REJECTIONS = 100;

  /** No candidate makes a further model. */
  private static final int MOST_MODELS = 1000;

  private final Journal journal;
  private final VersionBytes bytes;
  private final Admission admission;
  private final ParameterRetention retention;
  private final Clock clock;
  private final RegistryMeters meters;
  private final Consumer<RegistryImage> moved;
  private RegistryImage image;

  Registry(
      Admission admission,
      ParameterRetention retention,
      Journal journal,
      RegistryImage image,
      VersionBytes bytes,
      Clock clock,
      RegistryMeters meters,
      Consumer<RegistryImage> moved) {
    this.journal = journal;
    this.image = image;
    this.bytes = bytes;
    this.admission = admission;
    this.retention = retention;
    this.clock = clock;
    this.meters = meters;
    this.moved = moved;
    image
        .models()
        .values()
        .forEach(model -> meters.champion(model.name(), model.champion().orElse(0)));
    moved.accept(image);
  }

  RegistryImage image() {
    return image;
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Deals with what came on {@code model-candidates}. */
  void take(ReceivedCandidate arrival) {
    if (arrival instanceof ReceivedCandidate.Unreadable unreadable) {
      counted.warn("unreadable", "passed over a record: {}", unreadable.reason());
      meters.ignored("unreadable");
    } else if (arrival instanceof ReceivedCandidate.Beyond beyond) {
      if (beyond.first()) {
        counted.warn("too large", "passed over a candidate that is too large: {}", beyond.reason());
      }
      meters.ignored("too large");
    } else if (arrival instanceof ReceivedCandidate.Broken broken) {
      reject(broken.model(), broken.candidateId(), broken.reason(), broken);
    } else if (arrival instanceof ReceivedCandidate.Whole whole) {
      admit(whole);
    }
  }

  private void admit(ReceivedCandidate.Whole whole) {
    String model = whole.manifest().getModelName();
    String candidateId = whole.manifest().getCandidateId();
    if (!ModelNames.valid(model)) {
      counted.warn("name", "passed over candidate {}: {}", candidateId, ModelNames.problem(model));
      meters.ignored("name");
      return;
    }
    if (image.model(model).isEmpty() && image.models().size() >= MOST_MODELS) {
      counted.warn(
          "too many models",
          "passed over candidate {}: there are {} models already",
          candidateId,
          MOST_MODELS);
      meters.ignored("too many models");
      return;
    }
    List<ModelEvent> events =
        meters.timeExamination(() -> admission.admit(image, whole, bytes, now()));
    if (events.isEmpty()) {
      LOG.debug("model {}: candidate {} came again", model, candidateId);
      meters.ignored("duplicate");
      return;
    }
    if (events.get(0).change() instanceof Change.Registered) {
      bytes.hold(whole.manifest().getSha256(), whole.parameters());
      append(events, bytes::keepHeld, whole.trace());
    } else if (tooMany(model)) {
      meters.ignored("too many rejections");
    } else {
      append(events, whole.trace());
    }
  }

  private void reject(
      String model, String candidateId, String reason, ReceivedCandidate.Broken broken) {
    if (ModelNames.valid(model) && tooMany(model)) {
      LOG.debug("model {}: candidate {} rejected: {}", model, candidateId, reason);
      meters.ignored("too many rejections");
    } else if (ModelNames.valid(model)) {
      append(
          List.of(admission.reject(model, candidateId, reason, broken.read(), now())),
          broken.trace());
    } else {
      counted.warn(
          "name",
          "passed over candidate {}: {}; {}",
          candidateId,
          reason,
          ModelNames.problem(model));
      meters.ignored("name");
    }
  }

  /** Rejections become history, which is kept for ever: nobody may write it full. */
  private boolean tooMany(String model) {
    return image.modelOrEmpty(model).chronicle().rejectionsSinceVersion() >= MOST_REJECTIONS
        || (image.model(model).isEmpty() && image.models().size() >= MOST_MODELS);
  }

  /** Carries an operation out, or says why not. */
  Decision carryOut(String model, RegistryRequest operation, Asker asker, Condition condition) {
    Optional<String> problem = condition.problem(image);
    if (problem.isPresent()) {
      return new Decision.Declined(Decision.Cause.CHANGED, problem.get());
    }
    Decision decision =
        RequestDecisions.decide(
            image, model, operation, new Caller(asker.actor(), asker.reason(), now()));
    if (decision instanceof Decision.Accepted accepted && !accepted.events().isEmpty()) {
      try {
        append(accepted.events(), asker.trace());
      } catch (LostParametersException e) {
        return new Decision.Declined(Decision.Cause.CONFLICT, String.valueOf(e.getMessage()));
      }
    }
    return decision;
  }

  /** Commits events of one model, and the update and the pruning that follow from them. */
  private void append(List<ModelEvent> events, Optional<TraceContext> cause) {
    append(events, () -> {}, cause);
  }

  /** The same; {@code meanwhile} is done before anything is committed, or else nothing is. */
  private void append(List<ModelEvent> events, Runnable meanwhile, Optional<TraceContext> cause) {
    List<ModelEvent> all = new ArrayList<>(events);
    RegistryImage after = image.apply(events);
    String name = events.get(0).model();
    retention.prune(after.modelOrEmpty(name), now()).ifPresent(all::add);
    RegistryImage pruned = image.apply(all);
    meters.time(
        () -> {
          journal.commit(image.events(), all, publications(name, pruned), meanwhile, cause);
          return true;
        });
    image = pruned;
    moved.accept(image);
    bytes.drop(dropped(all), image);
    meters.committed(all);
    meters.champion(name, image.modelOrEmpty(name).champion().orElse(0));
    all.forEach(Registry::log);
  }

  /** Notes which parameters are neither on disk nor in the topics any more. */
  void forgetLost() {
    Map<String, List<RegisteredVersion>> lost =
        bytes.reconcile(image).stream()
            .collect(Collectors.groupingBy(version -> version.manifest().getModelName()));
    lost.forEach(
        (model, versions) -> {
          List<Long> numbers = versions.stream().map(RegisteredVersion::version).toList();
          LOG.warn("model {}: the parameters of versions {} are lost", model, numbers);
          append(
              List.of(
                  new ModelEvent(
                      model,
                      now(),
                      ModelEvent.REGISTRY,
                      "neither disk nor topics hold the parameters",
                      null,
                      new Change.ParametersDropped(numbers))),
              Optional.empty());
        });
  }

  /**
   * Publishes champions that {@code model-updates} does not hold: because somebody else wrote there, or because they were published
   * before versions were signed.
   */
  void putRight(Map<String, ModelManifest> published) {
    List<VersionUpdate> missing = new ArrayList<>();
    for (ModelImage model : image.models().values()) {
      ModelManifest found = published.get(model.name());
      Optional<RegisteredVersion> champion =
          model.championVersion().filter(it -> !it.manifest().equals(found));
      champion.flatMap(it -> again(it, found)).ifPresent(missing::add);
    }
    if (!missing.isEmpty()) {
      journal.commit(image.events(), List.of(), missing, () -> {}, Optional.empty());
    }
  }

  private Optional<VersionUpdate> again(RegisteredVersion champion, @Nullable ModelManifest found) {
    String model = champion.manifest().getModelName();
    Optional<byte[]> parameters = bytes.find(champion);
    LOG.warn(
        "model {}: version {} {}: {}",
        model,
        champion.version(),
        parameters.isPresent() ? "is published again" : "is lost",
        found == null ? "no version of it is to be had" : "another one stands in its place");
    int there = (found == null ? champion.manifest() : found).getChunkCount();
    return parameters.map(it -> new VersionUpdate(champion.manifest(), it, there));
  }

  private List<VersionUpdate> publications(String name, RegistryImage after) {
    OptionalLong champion = after.modelOrEmpty(name).champion();
    ModelImage before = image.modelOrEmpty(name);
    if (champion.isEmpty() || champion.equals(before.champion())) {
      return List.of();
    }
    RegisteredVersion version = after.modelOrEmpty(name).require(champion.getAsLong());
    int replacedChunks =
        before.championVersion().map(old -> old.manifest().getChunkCount()).orElse(0);
    return List.of(new VersionUpdate(version.manifest(), bytes.require(version), replacedChunks));
  }

  private List<RegisteredVersion> dropped(List<ModelEvent> events) {
    List<RegisteredVersion> dropped = new ArrayList<>();
    for (ModelEvent event : events) {
      if (event.change() instanceof Change.ParametersDropped change) {
        ModelImage model = image.modelOrEmpty(event.model());
        change.versions().forEach(version -> dropped.add(model.require(version)));
      }
    }
    return dropped;
  }

  private static void log(ModelEvent event) {
    if (event.change() instanceof Change.ParametersDropped
        || event.change() instanceof Change.Registered) {
      LOG.debug("model {}: {} ({})", event.model(), event.change(), event.reason());
    } else if (event.change() instanceof Change.Rejected rejected) {
      LOG.warn(
          "model {}: candidate {} rejected: {}",
          event.model(),
          rejected.candidateId(),
          event.reason());
    } else {
      LOG.info(
          "model {}: {} by {}: {}", event.model(), event.change(), event.actor(), event.reason());
    }
  }
}
