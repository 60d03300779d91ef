package io.engram.ingest.format.schema;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Asks a schema registry over HTTP. Waits a few seconds, reads a few megabytes. Thread-safe. */
final class RegistryHttp {

  private static final Duration CONNECTING = Duration.ofSeconds(2);
  private static final Duration ANSWERING = Duration.ofSeconds(4);
  private static final int LARGEST = 4 << 20;

  private final String base;
  private final String authorization;
  private @Nullable HttpClient client;

  /**
   * @param url of the registry
   * @param user empty: nobody
   * @throws IllegalArgumentException if it is no URL of http or https
   */
  RegistryHttp(String url, String user, String password) {
    this.base = url.endsWith("/") ? url : url + "/";
    requireHttp(url);
    this.authorization =
        user.isEmpty()
            ? ""
            : "Basic "
                + Base64.getEncoder()
                    .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  private static void requireHttp(String url) {
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // said below, in our words
    }
    throw new IllegalArgumentException(
        "registry-url is '%s', expected one such as http://registry:8081".formatted(url));
  }

  /** Asks for what stands at a route below the registry's address. */
  RegistryAnswer get(String route) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(base + route))
              .timeout(ANSWERING)
              .header("Accept", "application/vnd.schemaregistry.v1+json, application/json, */*");
      if (!authorization.isEmpty()) {
        request.header("Authorization", authorization);
      }
      return read(client().send(request.build(), BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      return new RegistryAnswer.Failed(
          e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new RegistryAnswer.Failed("interrupted");
    }
  }

  private static RegistryAnswer read(HttpResponse<InputStream> response) throws IOException {
    try (InputStream in = response.body()) {
      byte[] body = in.readNBytes(LARGEST + 1);
      int status = response.statusCode();
      if (status == 404 || status == 400 || status == 422) {
        return new RegistryAnswer.Absent();
      }
      if (status != 200) {
        return new RegistryAnswer.Failed("status " + status);
      }
      return body.length > LARGEST
          ? new RegistryAnswer.Failed("more than %d bytes".formatted(LARGEST))
          : new RegistryAnswer.Text(
              new String(body, StandardCharsets.UTF_8),
              response.headers().firstValue("X-Registry-ArtifactType").orElse(""));
    }
  }

  /** Made when it is needed first: it has a thread of its own. */
  private synchronized HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .connectTimeout(CONNECTING)
              .followRedirects(HttpClient.Redirect.NORMAL)
              .build();
    }
    return client;
  }

  @Override
  public String toString() {
    return base;
  }
}
