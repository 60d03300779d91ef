package io.engram.modelregistry.http;

import io.engram.model.Metric;
import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.ModelImage;
import io.engram.modelregistry.image.RegisteredVersion;
import io.engram.servicekit.health.Health;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The calls that change nothing. Each answers from one image. */
final class Reading {

  private static final int PAGE = 50;
  private static final int LONGEST_PAGE = 500;
  private static final int COURSE = 200;
  private static final int FEWEST_POINTS = 8;
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  private final RegistryService registry;
  private final Supplier<Health> health;

  Reading(RegistryService registry, Supplier<Health> health) {
    this.registry = registry;
    this.health = health;
  }

  Answer models(Call call) {
    return Answer.json(
        Views.ordered(
            RegistryFields.MODELS,
            registry.image().models().values().stream().map(Views::model).toList()));
  }

  Answer model(Call call) {
    return tagged(call, Answer.json(Views.model(find(call))));
  }

  /** A page of versions, the newest first. */
  Answer versions(Call call) {
    ModelImage model = find(call);
    long limit = call.query("limit", PAGE, 1, LONGEST_PAGE);
    long before = call.query("before", model.newest() + 1, 1, Long.MAX_VALUE);
    VersionStates states = new VersionStates(model);
    List<Map<String, Object>> rows = new ArrayList<>();
    long version = Math.min(before - 1, model.newest());
    for (; version >= 1 && rows.size() < limit; version--) {
      Map<String, Object> row = Views.row(model, model.require(version));
      row.put(RegistryFields.STATE, states.of(version));
      states.refusal(version).ifPresent(it -> row.put(RegistryFields.REASON, it));
      rows.add(row);
    }
    return Answer.json(
        Views.ordered(RegistryFields.VERSIONS, rows, "next", version >= 1 ? version + 1 : null));
  }

  /** The scores of all versions, thinned where there are many; the oldest first. */
  Answer course(Call call) {
    ModelImage model = find(call);
    int points = (int) call.query("points", COURSE, FEWEST_POINTS, LONGEST_PAGE);
    VersionStates states = new VersionStates(model);
    List<Map<String, Object>> rows =
        Thinning.of(model.newest(), points, version -> score(model, version)).stream()
            .map(it -> Views.score(model.require(it), states.of(it)))
            .toList();
    return Answer.json(Views.ordered(RegistryFields.VERSIONS, rows, "of", model.newest()));
  }

  private static double score(ModelImage model, long version) {
    Double score = model.require(version).manifest().getMetrics().get(Metric.PREQUENTIAL.key());
    return score == null ? Double.NaN : score;
  }

  Answer version(Call call) {
    ModelImage model = find(call);
    return tagged(call, Answer.json(Views.version(model, version(model, call.path("version")))));
  }

  /** The parameter bytes, or a part of them. */
  Answer parameters(Call call) {
    ModelImage model = find(call);
    RegisteredVersion version = version(model, call.path("version"));
    byte[] bytes = bytes(model, version);
    String tag = "\"" + version.sha256() + "\"";
    if (call.header("if-none-match").filter(tag::equals).isPresent()) {
      return Answer.bytes(304, "application/octet-stream", new byte[0]).with("ETag", tag);
    }
    Optional<String> range =
        call.header("range")
            .filter(wanted -> call.header("if-range").map(tag::equals).orElse(true));
    return range
        .map(wanted -> part(wanted, bytes))
        .orElseGet(() -> Answer.bytes(200, "application/octet-stream", bytes))
        .with("ETag", tag)
        .with("Accept-Ranges", "bytes");
  }

  Answer compare(Call call) {
    ModelImage model = find(call);
    RegisteredVersion a = version(model, call.query("a"));
    RegisteredVersion b = version(model, call.query("b"));
    Optional<byte[]> first = registry.parameters(a);
    Optional<byte[]> second = registry.parameters(b);
    Map<String, Double> distances =
        first.isPresent() && second.isPresent()
            ? Distance.between(a, first.get(), b, second.get())
            : Map.of();
    return Answer.json(Views.comparison(model, a, b, distances));
  }

  /** A page of everything that happened, the oldest first. */
  Answer history(Call call) {
    ModelImage model = find(call);
    long limit = call.query("limit", PAGE, 1, LONGEST_PAGE);
    int from = (int) call.query("after", 0, 0, Integer.MAX_VALUE);
    List<ModelEvent> history = model.chronicle().history();
    List<Map<String, Object>> events = new ArrayList<>();
    int at = Math.min(from, history.size());
    for (; at < history.size() && events.size() < limit; at++) {
      events.add(Views.event(history.get(at), at + 1));
    }
    return Answer.json(Views.ordered("events", events, "next", at < history.size() ? at : null));
  }

  Answer champions(Call call) {
    return Answer.json(Views.ordered(RegistryFields.CHAMPIONS, Views.reigns(find(call))));
  }

  Answer events(Call call) {
    long newest = registry.image().events();
    return new Answer.Events(call.query("after", newest, 0, Long.MAX_VALUE));
  }

  Answer health(Call call) {
    Health now = health.get();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("status", now.up() ? "UP" : "DOWN");
    if (!now.up()) {
      view.put("detail", now.detail());
    }
    Answer.Whole answer = Answer.json(view);
    return now.up() ? answer : new Answer.Whole(503, answer.headers(), answer.body());
  }

  ModelImage find(Call call) {
    String name = call.path("model");
    return registry
        .image()
        .model(name)
        .orElseThrow(
            () ->
                Problem.notFound(
                    "there is no model '%s'; there are %s"
                        .formatted(name, registry.image().models().keySet())));
  }

  /** By number or alias. */
  static RegisteredVersion version(ModelImage model, String text) {
    OptionalLong number =
        text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : model.alias(text);
    if (number.isEmpty()) {
      throw Problem.notFound(
          "model '%s' has no alias '%s'; it has champion, candidate and %s"
              .formatted(model.name(), text, model.aliases().keySet()));
    }
    return model
        .version(number.getAsLong())
        .orElseThrow(
            () ->
                Problem.notFound(
                    "model '%s' has versions 1 to %d, not %s"
                        .formatted(model.name(), model.newest(), text)));
  }

  private byte[] bytes(ModelImage model, RegisteredVersion version) {
    return registry.parameters(version).orElseThrow(() -> gone(model, version));
  }

  static Problem gone(ModelImage model, RegisteredVersion version) {
    return new Problem(
        410,
        "Gone",
        "the parameters of model '%s' version %d are no longer kept"
            .formatted(model.name(), version.version()));
  }

  private static Answer.Whole part(String range, byte[] bytes) {
    Matcher matcher = RANGE.matcher(range);
    if (!matcher.matches() || range.equals("bytes=-")) {
      return Answer.bytes(200, "application/octet-stream", bytes);
    }
    String first = matcher.group(1);
    String last = matcher.group(2);
    long from;
    long to;
    try {
      from =
          first.isEmpty()
              ? Math.max(0, bytes.length - Long.parseLong(last))
              : Long.parseLong(first);
      to =
          first.isEmpty() || last.isEmpty()
              ? bytes.length - 1L
              : Math.min(Long.parseLong(last), bytes.length - 1L);
    } catch (NumberFormatException e) {
      throw new Problem(416, "Range not satisfiable", "the range is too long a number: " + range);
    }
    if (from > to) {
      throw new Problem(
          416,
          "Range not satisfiable",
          "the parameters have %d bytes, asked for %s".formatted(bytes.length, range));
    }
    return Answer.bytes(
            206, "application/octet-stream", Arrays.copyOfRange(bytes, (int) from, (int) to + 1))
        .with("Content-Range", "bytes %d-%d/%d".formatted(from, to, bytes.length));
  }

  /** With an ETag of its content, or without content if the caller has it already. */
  private static Answer tagged(Call call, Answer.Whole answer) {
    String tag = EntityTag.of(answer.body());
    return call.header("if-none-match").filter(tag::equals).isPresent()
        ? new Answer.Whole(304, Map.of("ETag", tag), new byte[0])
        : answer.with("ETag", tag);
  }
}
