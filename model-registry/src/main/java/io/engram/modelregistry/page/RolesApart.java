package io.engram.modelregistry.page;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Roles that are processes of their own, asked at the ports where they show their health and their metrics: only while somebody looks, all
 * at once, at most every other second, each for at most two seconds and two megabytes. Thread-safe.
 */
public final class RolesApart implements PipelineWatch {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();
  private static final int MOST_METRICS_BYTES = 2 * 1024 * 1024;
  private static final int MOST_HEALTH_BYTES = 16 * 1024;
  private static final int MOST_DETAIL = 300;

  private final Map<String, URI> roles;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private PipelineStatus last = PipelineStatus.UNKNOWN;
  private long askedAt = System.nanoTime() - FRESH_NANOS - 1;

  private record Seen(RoleState state, String metrics) {}

  /**
   * Asks nobody yet.
   *
   * @param roles where each role listens, e.g. {@code http://learner:9465}, in the order in which they are shown
   * @throws IllegalArgumentException if an address is none of http or https
   */
  public RolesApart(Map<String, URI> roles) {
    this.roles = new LinkedHashMap<>(roles);
    roles.forEach(
        (name, uri) -> {
          if (uri.getHost() == null || !String.valueOf(uri.getScheme()).matches("https?")) {
            throw new IllegalArgumentException(
                "%s must be like http://host:9465, found '%s'".formatted(name, uri));
          }
        });
  }

  @Override
  public synchronized PipelineStatus now() {
    if (System.nanoTime() - askedAt > FRESH_NANOS) {
      last = ask();
      askedAt = System.nanoTime();
    }
    return last;
  }

  private PipelineStatus ask() {
    List<CompletableFuture<Seen>> asked = new ArrayList<>();
    roles.forEach((name, uri) -> asked.add(ask(name, uri)));
    List<RoleState> states = new ArrayList<>();
    StringBuilder metrics = new StringBuilder();
    states.add(RoleState.running("registry"));
    for (CompletableFuture<Seen> each : asked) {
      Seen seen = each.join();
      states.add(seen.state());
      metrics.append(seen.metrics()).append('\n');
    }
    MetricsText all = new MetricsText(metrics.toString());
    return new PipelineStatus(
        "",
        states,
        RoleNumbers.progress(all),
        "",
        RoleNumbers.window(all),
        RoleNumbers.rejected(all),
        RoleNumbers.live(all));
  }

  private CompletableFuture<Seen> ask(String name, URI uri) {
    CompletableFuture<RoleState> health =
        get(uri.resolve("/health"), MOST_HEALTH_BYTES)
            .thenApply(
                answer ->
                    answer.statusCode() == 200
                        ? RoleState.running(name)
                        : new RoleState(name, RoleState.State.WAITING, shortened(answer.body())))
            .exceptionally(failure -> new RoleState(name, RoleState.State.STOPPED, why(failure)));
    CompletableFuture<String> metrics =
        get(uri.resolve("/metrics"), MOST_METRICS_BYTES)
            .thenApply(answer -> answer.statusCode() == 200 ? answer.body() : "")
            .exceptionally(failure -> "");
    return health.thenCombine(metrics, Seen::new);
  }

  private CompletableFuture<HttpResponse<String>> get(URI uri, int mostBytes) {
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(
            HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
            head -> new BoundedText(mostBytes));
    return answer
        .copy()
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((done, failure) -> answer.cancel(true));
  }

  private static String why(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause.getMessage() == null
        ? "it does not answer"
        : shortened("it does not answer: " + cause.getMessage());
  }

  private static String shortened(String text) {
    String line = text.strip();
    return line.length() <= MOST_DETAIL ? line : line.substring(0, MOST_DETAIL) + " …";
  }
}
