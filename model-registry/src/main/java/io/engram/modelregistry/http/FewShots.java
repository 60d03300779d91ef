package io.engram.modelregistry.http;

import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.image.ModelImage;
import io.engram.modelregistry.image.RegisteredVersion;
import io.engram.modelregistry.serving.FewShotAnswerer.Offer;
import io.engram.modelregistry.serving.OverloadedException;
import io.engram.modelregistry.serving.Reply;
import io.engram.modelregistry.serving.Serving;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Answers for whoever has rows and questions and no library. Changes nothing. */
final class FewShots {

  static final String PATH_END = "/adapt-and-predict";
  private static final String RETRY_SECONDS = "1";
  private static final String DEFAULT_VERSION = "champion";

  private final RegistryService registry;
  private final Reading reading;
  private final Optional<Serving> serving;

  FewShots(RegistryService registry, Reading reading, Optional<Serving> serving) {
    this.registry = registry;
    this.reading = reading;
    this.serving = serving;
  }

  /** The route. */
  Route route(String template) {
    OptionalInt mostBytes =
        serving.map(it -> OptionalInt.of(it.limits().maxBodyBytes())).orElse(OptionalInt.empty());
    return new Route("POST", template, this::answer, false, mostBytes);
  }

  /** What is said where even the door is too narrow. */
  static Answer.Whole overloaded(String why) {
    return Answer.problem(new Problem(429, "Too many requests", why))
        .with("Retry-After", RETRY_SECONDS);
  }

  private Answer answer(Call call) {
    Serving open =
        serving.orElseThrow(
            () ->
                Problem.notFound(
                    "this registry answers no questions: registry.serving.workers is off"));
    ModelImage model = reading.find(call);
    try {
      return open.inTurn(() -> answer(call, model, open));
    } catch (OverloadedException e) {
      return overloaded(String.valueOf(e.getMessage()));
    }
  }

  /** Reading the question is part of what it costs, and is done in its turn. */
  private Answer answer(Call call, ModelImage model, Serving open) {
    FewShotReader.Asked asked = FewShotReader.read(call.body(), open.limits());
    if (asked.version().equals(DEFAULT_VERSION) && model.champion().isEmpty()) {
      throw new Problem(
          409,
          "Conflict",
          "model '%s' has no champion yet; name one of its versions 1 to %d, or promote one"
              .formatted(model.name(), model.newest()));
    }
    RegisteredVersion version = Reading.version(model, asked.version());
    if (!version.parametersKept()) {
      throw Reading.gone(model, version);
    }
    Reply reply =
        open.answer(
            new Offer(version.manifest(), () -> registry.parameters(version)), asked.question());
    if (reply instanceof Reply.Answers answers) {
      return Answer.json(view(model, version, answers));
    }
    if (reply instanceof Reply.Wrong wrong) {
      throw Problem.invalid(wrong.reason());
    }
    if (reply instanceof Reply.Astray astray) {
      throw new Problem(422, "Unprocessable content", astray.reason());
    }
    if (reply instanceof Reply.Unusable unusable) {
      throw new Problem(409, "Conflict", unusable.reason());
    }
    throw Reading.gone(model, version);
  }

  private static Map<String, Object> view(
      ModelImage model, RegisteredVersion version, Reply.Answers reply) {
    List<Map<String, Object>> answers = new ArrayList<>();
    reply.answers().forEach(it -> answers.add(view(it)));
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("model", model.name());
    view.put("version", version.version());
    view.put("adaptedOn", reply.adaptedOn());
    view.put("answers", answers);
    return view;
  }

  private static Map<String, Object> view(Reply.Answer answer) {
    Map<String, Object> view = new LinkedHashMap<>();
    if (answer instanceof Reply.OfClasses classes) {
      view.put("label", classes.label());
      view.put("probabilities", classes.probabilities());
    } else if (answer instanceof Reply.OfNumbers numbers) {
      view.put("values", numbers.values());
      Reply.Between interval = numbers.interval();
      if (interval != null) {
        Map<String, Object> between = new LinkedHashMap<>();
        between.put("level", interval.level());
        between.put("lower", interval.lower());
        between.put("upper", interval.upper());
        view.put("interval", between);
      }
    }
    return view;
  }
}
