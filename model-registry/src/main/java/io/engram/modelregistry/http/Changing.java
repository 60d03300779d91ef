package io.engram.modelregistry.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.gate.Asker;
import io.engram.modelregistry.gate.Condition;
import io.engram.modelregistry.gate.Decision;
import io.engram.modelregistry.gate.RegistryRequest;
import io.engram.modelregistry.image.ModelImage;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The calls that change something. Each answers with the model as it is then; asking again changes nothing. */
final class Changing {

  private static final long TIMEOUT_SECONDS = 30;
  private static final String ACTOR = "rest";

  private final RegistryService registry;
  private final Reading reading;

  Changing(RegistryService registry, Reading reading) {
    this.registry = registry;
    this.reading = reading;
  }

  Answer promote(Call call) {
    JsonNode body = call.object(Set.of("version", "actor", "reason"));
    return carryOut(call, body, new RegistryRequest.Promote(required(body)));
  }

  Answer rollBack(Call call) {
    JsonNode body = call.object(Set.of("version", "actor", "reason"));
    OptionalLong version = Call.number(body, "version");
    return carryOut(
        call,
        body,
        version.isPresent()
            ? new RegistryRequest.RollBackTo(version.getAsLong())
            : new RegistryRequest.RollBack());
  }

  Answer setAlias(Call call) {
    JsonNode body = call.object(Set.of("version", "actor", "reason"));
    return carryOut(call, body, new RegistryRequest.SetAlias(call.path("alias"), required(body)));
  }

  Answer removeAlias(Call call) {
    JsonNode body = call.object(Set.of("actor", "reason"));
    return carryOut(call, body, new RegistryRequest.RemoveAlias(call.path("alias")));
  }

  Answer pin(Call call) {
    return carryOut(call, call.object(Set.of("actor", "reason")), new RegistryRequest.Pin());
  }

  Answer unpin(Call call) {
    return carryOut(call, call.object(Set.of("actor", "reason")), new RegistryRequest.Unpin());
  }

  Answer tag(Call call) {
    JsonNode body = call.object(Set.of("value", "actor", "reason"));
    return carryOut(
        call,
        body,
        new RegistryRequest.Tag(version(call), call.path("tag"), Call.text(body, "value", "")));
  }

  Answer untag(Call call) {
    JsonNode body = call.object(Set.of("actor", "reason"));
    return carryOut(call, body, new RegistryRequest.Untag(version(call), call.path("tag")));
  }

  private long version(Call call) {
    ModelImage model = reading.find(call);
    return Reading.version(model, call.path("version")).version();
  }

  private static long required(JsonNode body) {
    return Call.number(body, "version")
        .orElseThrow(() -> Problem.invalid("the member 'version' is missing"));
  }

  private Answer carryOut(Call call, JsonNode body, RegistryRequest operation) {
    String model = call.path("model");
    CompletableFuture<Decision> asked =
        registry.carryOut(
            model,
            operation,
            new Asker(
                Call.text(body, "actor", ACTOR),
                Call.text(body, "reason", "asked for over HTTP"),
                call.trace()),
            call.header("if-match").map(tags -> unchanged(model, tags)).orElse(Condition.NONE));
    Decision decision = await(asked);
    if (decision instanceof Decision.Declined declined) {
      throw switch (declined.cause()) {
        case NOT_FOUND -> Problem.notFound(declined.reason());
        case CONFLICT -> new Problem(409, "Conflict", declined.reason());
        case INVALID -> Problem.invalid(declined.reason());
        case CHANGED -> new Problem(412, "Precondition failed", declined.reason());
      };
    }
    return shown(call);
  }

  /** Whether the model is still one that the caller has seen. One that does not exist is declined for that. */
  private static Condition unchanged(String name, String tags) {
    return image ->
        image
            .model(name)
            .map(model -> EntityTag.of(Answer.json(Views.model(model)).body()))
            .filter(present -> !EntityTag.matches(tags, present))
            .map(present -> "the model has changed since; its ETag is now " + present);
  }

  /** The model as {@code GET} shows it, whose tag a call may be made to depend on. */
  private Answer.Whole shown(Call call) {
    return Answer.json(Views.model(reading.find(call)));
  }

  private static Decision await(CompletableFuture<Decision> asked) {
    try {
      return asked.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new Problem(
          503,
          "Service unavailable",
          "the cluster did not confirm it; it may be done or not: look at the history, and ask again, which changes nothing that is done");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem(503, "Service unavailable", "the registry is stopping");
    }
  }
}
