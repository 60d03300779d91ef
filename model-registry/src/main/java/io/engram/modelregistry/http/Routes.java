package io.engram.modelregistry.http;

import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.page.StudyDesk;
import io.engram.modelregistry.serving.Serving;
import io.engram.servicekit.health.Health;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Everything that can be asked. {@code openapi.json} describes the same list; a test compares them. */
final class Routes {

  static final String HEALTH = "/health";
  static final String READY = "/ready";

  private Routes() {}

  /**
   * All routes.
   *
   * @param health what {@code /health} says
   * @param serving answers questions, where that is wanted
   * @param desk studies champions for the page
   */
  static List<Route> of(
      RegistryService registry,
      Supplier<Health> health,
      Optional<Serving> serving,
      StudyDesk desk) {
    Reading reading = new Reading(registry, health);
    FewShots fewShots = new FewShots(registry, reading, serving);
    Changing changing = new Changing(registry, reading);
    PageFiles page = new PageFiles();
    Studying studying = new Studying(registry, reading, desk);
    String model = "/v1/models/{model}";
    String version = model + "/versions/{version}";
    return List.of(
        new Route("GET", "/v1/models", reading::models),
        new Route("GET", model, reading::model),
        new Route("GET", model + "/versions", reading::versions),
        new Route("GET", model + "/course", reading::course),
        new Route("GET", model + "/adaptation", studying::adaptation),
        new Route("GET", version, reading::version),
        new Route("GET", version + "/parameters", reading::parameters),
        new Route("GET", model + "/compare", reading::compare),
        new Route("GET", model + "/history", reading::history),
        new Route("GET", model + "/champions", reading::champions),
        fewShots.route(model + FewShots.PATH_END),
        new Route("POST", model + "/promote", changing::promote),
        new Route("POST", model + "/rollback", changing::rollBack),
        new Route("POST", model + "/pin", changing::pin),
        new Route("POST", model + "/unpin", changing::unpin),
        new Route("PUT", model + "/aliases/{alias}", changing::setAlias),
        new Route("DELETE", model + "/aliases/{alias}", changing::removeAlias),
        new Route("PUT", version + "/tags/{tag}", changing::tag),
        new Route("DELETE", version + "/tags/{tag}", changing::untag),
        new Route("GET", "/v1/events", reading::events),
        new Route("GET", "/v1/status/events", call -> new Answer.Statuses()),
        new Route("GET", "/v1/schemas", Schemas::all),
        new Route("GET", "/v1/schemas/{schema}", Schemas::one),
        new Route("GET", HEALTH, reading::health),
        new Route("GET", READY, reading::health),
        new Route("GET", "/openapi.json", call -> document()),
        new Route("GET", "/", page::index),
        new Route("GET", "/page/{file}", page::file));
  }

  private static Answer document() {
    try (InputStream in = Routes.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("the model-registry jar is damaged: it lacks openapi.json");
      }
      return Answer.bytes(200, "application/json", in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the model-registry jar is damaged: openapi.json", e);
    }
  }
}
