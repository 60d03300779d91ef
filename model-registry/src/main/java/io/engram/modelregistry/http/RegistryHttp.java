package io.engram.modelregistry.http;

import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.page.PageSources;
import io.engram.modelregistry.page.PipelineWatch;
import io.engram.modelregistry.page.StudyDesk;
import io.engram.modelregistry.serving.Serving;
import io.engram.servicekit.health.Health;
import io.engram.servicekit.http.AllowedHosts;
import io.engram.servicekit.http.HttpAnswer;
import io.engram.servicekit.http.HttpBinding;
import io.engram.servicekit.http.HttpHandler;
import io.engram.servicekit.http.HttpLimits;
import io.engram.servicekit.http.HttpPort;
import io.engram.servicekit.http.HttpRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The registry over HTTP. Thread-safe. */
public final class RegistryHttp implements AutoCloseable {

  private static final Map<String, String> EVENT_HEADERS =
      Map.of("Content-Type", "text/event-stream", "Cache-Control", "no-store");

  private final Answering answering;
  private final HttpPort port;
  private final StudyDesk desk;
  private final boolean secure;

  private RegistryHttp(Answering answering, HttpPort port, StudyDesk desk, boolean secure) {
    this.answering = answering;
    this.port = port;
    this.desk = desk;
    this.secure = secure;
  }

  /** As {@link #start(HttpConfig, RegistryService, Supplier)}; well as long as the service runs. */
  public static RegistryHttp start(HttpConfig config, RegistryService registry) {
    return start(
        config,
        registry,
        () ->
            registry.termination().isDone()
                ? Health.down("the registry has stopped")
                : Health.healthy());
  }

  /**
   * Begins to listen. The service stays the caller's, to be closed after this.
   *
   * @param health what {@code /health} says; must answer at once
   * @throws UncheckedIOException if the address cannot be had, or token or key store not be read
   */
  public static RegistryHttp start(
      HttpConfig config, RegistryService registry, Supplier<Health> health) {
    return start(config, registry, health, Optional.empty());
  }

  /** The same, answering questions too; the page knows nothing of the other roles. */
  public static RegistryHttp start(
      HttpConfig config,
      RegistryService registry,
      Supplier<Health> health,
      Optional<Serving> serving) {
    return start(config, registry, health, serving, PageSources.NONE);
  }

  /**
   * The same, with a page that shows more.
   *
   * @param serving closed with this
   * @param page its studies are closed with this
   */
  public static RegistryHttp start(
      HttpConfig config,
      RegistryService registry,
      Supplier<Health> health,
      Optional<Serving> serving,
      PageSources page) {
    Token token = Token.at(config.tokenFile());
    StudyDesk desk = new StudyDesk(page.studies());
    Answering answering =
        new Answering(
            new Door(Routes.of(registry, health, serving, desk), token, config.maxBodyBytes()),
            registry,
            serving,
            page.pipeline());
    HttpBinding binding =
        new HttpBinding(
            "registry-http", config.host(), config.port(), config.tls().map(Certificates::read));
    try {
      HttpPort port =
          HttpPort.open(
              binding, HttpLimits.USUAL, AllowedHosts.of(config.allowedHosts()), answering);
      return new RegistryHttp(answering, port, desk, config.tls().isPresent());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the registry cannot listen on %s:%d: %s"
              .formatted(config.host(), config.port(), e.getMessage()),
          e);
    }
  }

  /** Where it listens. */
  public URI uri() {
    InetSocketAddress address = port.address();
    return URI.create(
        "%s://%s:%d"
            .formatted(
                secure ? "https" : "http",
                address.getAddress().getHostAddress(),
                address.getPort()));
  }

  /** Stops listening and ends the event streams. Idempotent. */
  @Override
  public void close() {
    answering.close();
    port.close();
    desk.close();
    answering.serving.ifPresent(Serving::close);
  }

  private static final class Answering implements HttpHandler {
    private final Door door;
    private final RegistryService registry;
    private final Optional<Serving> serving;
    private final PipelineWatch pipeline;
    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean open = true;

    Answering(
        Door door, RegistryService registry, Optional<Serving> serving, PipelineWatch pipeline) {
      this.door = door;
      this.registry = registry;
      this.serving = serving;
      this.pipeline = pipeline;
    }

    @Override
    public HttpAnswer answer(HttpRequest request) {
      Answer answer = door.answer(request);
      if (answer instanceof Answer.Events events) {
        return endless(out -> new EventStream(registry, events.after(), out));
      }
      if (answer instanceof Answer.Statuses) {
        return endless(out -> new StatusStream(pipeline, out));
      }
      Answer.Whole whole = (Answer.Whole) answer;
      return new HttpAnswer.Whole(whole.status(), whole.headers(), whole.body());
    }

    @Override
    public boolean light(String path) {
      return path.equals(Routes.HEALTH) || path.equals(Routes.READY);
    }

    /** Who asks for answers hears the same of every overload: try again. */
    @Override
    public Optional<HttpAnswer.Whole> crowded(String path) {
      if (!path.endsWith(FewShots.PATH_END)) {
        return Optional.empty();
      }
      serving.ifPresent(Serving::refused);
      Answer.Whole said = FewShots.overloaded("too many requests at the same time; try again");
      return Optional.of(new HttpAnswer.Whole(said.status(), said.headers(), said.body()));
    }

    private HttpAnswer endless(Function<OutputStream, Stream> to) {
      return new HttpAnswer.Endless(EVENT_HEADERS, out -> send(to.apply(out)));
    }

    private void send(Stream stream) throws IOException {
      streams.add(stream);
      try {
        stream.run(() -> open);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        streams.remove(stream);
      }
    }

    void close() {
      open = false;
      streams.forEach(Stream::wake);
    }
  }
}
