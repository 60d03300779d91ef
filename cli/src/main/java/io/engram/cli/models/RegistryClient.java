package io.engram.cli.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.model.ManifestFields;
import io.engram.schemas.avro.ModelManifest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Calls the registry. */
final class RegistryClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int UNAUTHORIZED = 401;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final URI registry;
  private final Path tokenFile;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  RegistryClient(URI registry, Path tokenFile) {
    this.registry = registry;
    this.tokenFile = tokenFile;
  }

  /** A path below {@code /v1/models/} with each part encoded. */
  static String path(Object... parts) {
    StringBuilder path = new StringBuilder("/v1/models");
    for (Object part : parts) {
      path.append('/').append(encode(part.toString()));
    }
    return path.toString();
  }

  static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  JsonNode get(String path) {
    return json(send(request(path).timeout(TIMEOUT).build(), BodyHandlers.ofString()));
  }

  /**
   * The manifest that an answer about a version tells.
   *
   * @throws RegistryCallFailed if it tells none that this program understands
   */
  static ModelManifest manifest(JsonNode version) {
    try {
      return ManifestFields.read(JSON.convertValue(version, Map.class));
    } catch (IllegalArgumentException e) {
      throw new RegistryCallFailed("the registry's answer cannot be used: " + e.getMessage());
    }
  }

  byte[] download(String path) {
    HttpResponse<byte[]> answer =
        send(request(path).timeout(TIMEOUT).build(), BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw failure(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer.body();
  }

  /** A call that changes something. */
  JsonNode change(String method, String path, Map<String, ?> body) {
    try {
      HttpRequest request =
          request(path)
              .timeout(TIMEOUT)
              .header("Authorization", "Bearer " + token())
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))
              .build();
      HttpResponse<String> answer = send(request, BodyHandlers.ofString());
      if (answer.statusCode() == UNAUTHORIZED) {
        throw new RegistryCallFailed(
            "the token in %s is not that of the registry at %s; its own is the file registry/token in its state directory, name that with --token-file"
                .formatted(tokenFile, registry));
      }
      return json(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a body cannot be written: " + body, e);
    }
  }

  /** Hands over the data of every event, until the registry closes. */
  void watch(Consumer<JsonNode> each) {
    HttpResponse<Stream<String>> answer =
        send(request("/v1/events").build(), BodyHandlers.ofLines());
    try (Stream<String> lines = answer.body()) {
      lines
          .filter(line -> line.startsWith("data: "))
          .forEach(line -> each.accept(parse(line.substring("data: ".length()))));
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(registry.resolve(path));
  }

  private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new RegistryCallFailed(
          "no registry answers at %s (%s); start one with 'engram run' or 'engram registry', or name it with --registry"
              .formatted(
                  registry, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryCallFailed("interrupted while calling " + registry, e);
    }
  }

  private String token() {
    try {
      String token = Files.readString(tokenFile).strip();
      if (!token.matches("[\\x21-\\x7e]+")) {
        throw new RegistryCallFailed(
            "%s holds no token; name the registry's with --token-file".formatted(tokenFile));
      }
      return token;
    } catch (IOException e) {
      throw new RegistryCallFailed(
          "this call needs the registry's token, and %s cannot be read; name the file with --token-file"
              .formatted(tokenFile),
          e);
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      throw failure(answer.statusCode(), answer.body());
    }
    return parse(answer.body());
  }

  private static RegistryCallFailed failure(int status, String body) {
    JsonNode problem;
    try {
      problem = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return new RegistryCallFailed("the registry answered " + status + " without saying why", e);
    }
    return new RegistryCallFailed(problem.path("detail").asText("the registry answered " + status));
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new RegistryCallFailed("the registry answered with what is no JSON", e);
    }
  }
}
