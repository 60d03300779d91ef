package io.engram.modelregistry.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.modelregistry.Candidates;
import io.engram.modelregistry.RegistryConfig;
import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.TestTopics;
import io.engram.modelregistry.page.StudyDesk;
import io.engram.modelregistry.serving.Reply;
import io.engram.modelregistry.serving.Serving;
import io.engram.modelregistry.serving.ServingConfig;
import io.engram.servicekit.health.Health;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every route the server has, asked in every wrong way, with the token: an answer within seconds, and never a mistake of the server's. */
class RoutesFuzzTest {

  private static final int ROUNDS = 40;
  private static final int PATIENCE_MILLIS = 10_000;
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "get", "X-Y");
  private static final List<String> NAMES =
      List.of(
          "m",
          "1",
          "2",
          "champion",
          "newest",
          "-1",
          "0",
          "9223372036854775808",
          "1e9",
          "%00",
          "%2F",
          "%2e%2e",
          "%ff%fe",
          "%C3%28",
          "..",
          ".",
          "",
          "%20",
          "a".repeat(3000),
          "%F0%9F%99%82",
          "{x}",
          "m;x=1",
          "%1b%5b2J",
          "nan",
          "*");
  private static final List<String> VALUES =
      List.of(
          "1",
          "2",
          "-1",
          "9223372036854775807",
          "99999999999999999999",
          "1.5",
          "NaN",
          "x",
          "",
          "%00",
          "true",
          "null",
          "a&a=b",
          "champion",
          "%f0");
  private static final List<String> KEYS =
      List.of("limit", "before", "after", "a", "b", "model", "tensor", "from", "x", "");
  private static final List<String> BODIES =
      List.of(
          "",
          "{}",
          "[]",
          "null",
          "1",
          "\"x\"",
          "{",
          "{\"version\":1}",
          "{\"version\":-1}",
          "{\"version\":1e400}",
          "{\"version\":99999999999999999999}",
          "{\"version\":\"1\"}",
          "{\"version\":null}",
          "{\"version\":[1]}",
          "{\"version\":1,\"version\":2}",
          "{\"value\":{}}",
          "{\"value\":\"\u0000\ud800\"}",
          "{\"actor\":[],\"reason\":{}}",
          "{\"actor\":\"" + "y".repeat(5000) + "\"}",
          "[".repeat(5000),
          "{\"a\":".repeat(2000),
          "\u0000\u0001\u00ff",
          "{\"nobody\":1}",
          "{\"questions\":[[1]]}",
          "{\"questions\":[[1e400]],\"version\":1}",
          "{\"questions\":[[1,[2]]]}",
          "{\"questions\":{\"features\":[1]}}",
          "{\"questions\":[{\"features\":[1],\"x\":2}]}",
          "{\"support\":[{\"features\":[1],\"label\":\"\ud800\"}],\"questions\":[[1]]}",
          "{\"support\":[{\"features\":[1],\"label\":[[]]}],\"questions\":[[1]]}",
          "{\"support\":[{\"features\":[],\"label\":1},{\"features\":[],\"label\":\"a\"}]}",
          "{\"questions\":[[-0.0,1e-999,9999999999999999999]],\"level\":-1}");
  private static final List<String> HEADERS =
      List.of(
          "If-Match: x",
          "If-Match: *",
          "If-Match: \"a\"",
          "If-None-Match: *",
          "If-None-Match: \"",
          "Range: bytes=0-1",
          "Range: bytes=9-1",
          "Range: bytes=-1",
          "Range: bytes=99999999999-",
          "Range: x",
          "Accept: */*",
          "Content-Type: text/xml",
          "Expect: 100-continue",
          "Last-Event-ID: x",
          "Last-Event-ID: 99999999999999999999",
          "Origin: null",
          "Upgrade: h2c",
          "Cookie: " + "c".repeat(900));

  private static final Optional<Serving> SERVING =
      Optional.of(
          new Serving(
              ServingConfig.DEFAULT,
              (version, question) -> new Reply.Answers(List.of(), question.support().size()),
              new SimpleMeterRegistry()));

  @TempDir Path directory;

  @Test
  void nothingThatIsAskedIsAMistakeOfTheServers() throws Exception {
    long seed = Long.getLong("fuzz.seed", 15);
    try (TestTopics topics = new TestTopics("fuzz");
        RegistryService registry =
            RegistryService.start(
                RegistryConfig.in(directory),
                topics.topics,
                topics.kafka,
                new SimpleMeterRegistry());
        RegistryHttp http =
            RegistryHttp.start(
                HttpConfig.in(directory).withPort(0), registry, Health::healthy, SERVING)) {
      Candidates candidates = new Candidates("m");
      topics.publish(candidates.candidate(1, 0.7), candidates.candidate(2, 0.8));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> registry.status().model("m").registered() == 2);
      String token = Files.readString(directory.resolve("token")).strip();
      Random random = new Random(seed);
      for (Route route :
          Routes.of(registry, Health::healthy, SERVING, new StudyDesk(Optional.empty()))) {
        for (int round = 0; round < ROUNDS; round++) {
          String request = request(route, token, random);
          String status = ask(http.uri().getPort(), request);
          assertThat(status)
              .as("seed %d: %s", seed, request)
              .doesNotContain(" 500 ")
              .matches("(HTTP/1.1 [1-5]\\d\\d .*)?");
        }
      }
      assertThat(registry.termination()).isNotDone();
      assertThat(ask(http.uri().getPort(), "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"))
          .contains(" 200 ");
    }
  }

  private static String request(Route route, String token, Random random) {
    String method = random.nextInt(3) > 0 ? route.method() : any(METHODS, random);
    StringBuilder path = new StringBuilder(route.template());
    for (int at = path.indexOf("{"); at >= 0; at = path.indexOf("{", at + 1)) {
      int end = path.indexOf("}", at) + 1;
      String name = random.nextBoolean() ? NAMES.get(random.nextInt(4)) : any(NAMES, random);
      path.replace(at, end, name);
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      path.append(path.indexOf("?") < 0 ? '?' : '&').append(any(KEYS, random)).append('=');
      path.append(any(VALUES, random));
    }
    String body = random.nextInt(4) > 0 ? any(BODIES, random) : noise(random);
    StringBuilder request = new StringBuilder();
    request.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: localhost\r\n");
    request.append("Authorization: Bearer ").append(token).append("\r\nConnection: close\r\n");
    Stream.generate(() -> any(HEADERS, random))
        .limit(random.nextInt(4))
        .forEach(it -> request.append(it).append("\r\n"));
    request.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
    return request.toString();
  }

  private static String noise(Random random) {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    return new String(bytes, ISO_8859_1);
  }

  private static String any(List<String> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  /** The first line of the answer; empty where the server closed without one. */
  private static String ask(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      OutputStream out = socket.getOutputStream();
      try {
        out.write(request.getBytes(ISO_8859_1));
        out.flush();
      } catch (IOException e) {
        return ""; // refused before all of it was sent
      }
      StringBuilder line = new StringBuilder();
      try {
        for (int c = socket.getInputStream().read();
            c >= 0 && c != '\r';
            c = socket.getInputStream().read()) {
          line.append((char) c);
        }
      } catch (java.net.SocketException e) {
        return "";
      }
      return line.toString();
    }
  }
}
