package io.engram.servicekit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPortTest {

  private static final HttpLimits SMALL =
      new HttpLimits(
          new Crowd(24, 16),
          new Crowd(8, 4),
          new Crowd(4, 3),
          Duration.ofMillis(600),
          Duration.ofSeconds(2));

  private final CountDownLatch release = new CountDownLatch(1);
  private final HttpPort port = open(List.of("engram.example"));
  private final InetSocketAddress address = port.address();

  private HttpPort open(List<String> names) {
    try {
      return HttpPort.open(
          new HttpBinding("test", "127.0.0.1", 0, Optional.empty()),
          SMALL,
          AllowedHosts.of(names),
          new Handler());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Handler implements HttpHandler {
    @Override
    public HttpAnswer answer(HttpRequest request) {
      return switch (request.path()) {
        case "/health" -> HttpAnswer.text(200, "up\n");
        case "/wait" -> {
          awaitRelease();
          yield HttpAnswer.text(200, "done\n");
        }
        case "/echo" ->
            HttpAnswer.text(200, new String(request.body(1000), StandardCharsets.UTF_8));
        case "/big" -> new HttpAnswer.Whole(200, Map.of(), new byte[64 << 20]);
        case "/events" ->
            new HttpAnswer.Endless(
                Map.of("Content-Type", "text/event-stream"),
                out -> {
                  out.write(':');
                  out.flush();
                  awaitRelease();
                });
        case "/mistake" -> throw new IllegalStateException("secret internals");
        default -> throw new HttpRefusal(404, "not here");
      };
    }

    @Override
    public boolean light(String path) {
      return path.equals("/health");
    }
  }

  private void awaitRelease() {
    try {
      if (!release.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody released it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void close() {
    release.countDown();
    port.close();
  }

  @Test
  void oneConnectionCarriesManyRequests() throws IOException {
    try (RawClient client = new RawClient(address)) {
      client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello");
      client.send("GET /health HTTP/1.1\r\nHost: LOCALHOST.:8480\r\n\r\n");
      client.send("POST /health HTTP/1.1\r\nHost: [::1]\r\nContent-Length: 3\r\n\r\nabc");
      client.send("GET /nowhere HTTP/1.1\r\nHost: engram.example\r\nConnection: close\r\n\r\n");

      String answers = client.rest();

      assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(5);
      assertThat(answers).contains("hello", "up\n", "404 Not Found");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: localhost.evil.example",
        "Host: 10.0.0.1",
        "Host: 127.0.0.1.nip.io:8480",
        "Host: [::2]",
      })
  void aNameOfSomebodyElseIsMisdirected(String host) throws IOException {
    assertThat(RawClient.ask(address, "GET /health HTTP/1.1\r\n" + host + "\r\n\r\n"))
        .startsWith("HTTP/1.1 421 ")
        .doesNotContain("evil");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://evil.example", "null", "https://evil.example:8480", "file://", "x"})
  void aPageOfSomebodyElseMayNotAsk(String origin) throws IOException {
    assertThat(
            RawClient.ask(
                address,
                "GET /health HTTP/1.1\r\nHost: localhost\r\nOrigin: " + origin + "\r\n\r\n"))
        .startsWith("HTTP/1.1 403 ");
  }

  @Test
  void aPageOfItsOwnMayAsk() throws IOException {
    assertThat(
            RawClient.ask(
                address,
                "GET /health HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:8480\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /health HTTP/1.1\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: user@localhost\r\n\r\n",
        "GET /health HTTP/1.1\nHost: localhost\n\n",
        "GET /health HTTP/1.1\r\nHost : localhost\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\n folded\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\u0000b\r\n\r\n",
        "GET /../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /%2e%2E/etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /a/.%2e/b HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /a\\..\\b HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "get /health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: +4\r\n\r\nabcd",
        "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "nonsense\r\n\r\n",
      })
  void whatCanBeReadTwoWaysIsNotRead(String request) throws IOException {
    String answer =
        RawClient.ask(address, request + "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1");
  }

  @Test
  void whatIsTooLongIsNotRead() throws IOException {
    String host = "Host: localhost\r\n";
    assertThat(
            RawClient.ask(address, "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n" + host + "\r\n"))
        .startsWith("HTTP/1.1 414 ");
    assertThat(
            RawClient.ask(address, "GET / HTTP/1.1\r\n" + host + "A: b\r\n".repeat(101) + "\r\n"))
        .startsWith("HTTP/1.1 431 ");
    assertThat(
            RawClient.ask(
                address,
                "POST /echo HTTP/1.1\r\n"
                    + host
                    + "Content-Length: 1001\r\n\r\n"
                    + "a".repeat(1001)))
        .startsWith("HTTP/1.1 413 ");
    assertThat(
            RawClient.ask(
                address,
                "POST /echo HTTP/1.1\r\n"
                    + host
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "12c\r\n%s\r\n".formatted("a".repeat(300)).repeat(4)
                    + "0\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ");
    assertThat(RawClient.ask(address, "GET / HTTP/2.0\r\n" + host + "\r\n"))
        .startsWith("HTTP/1.1 426 ");
  }

  @Test
  void whoSendsALongBodyReadsWhyItIsNotTaken() throws IOException {
    for (int i = 0; i < 10; i++) {
      assertThat(
              RawClient.ask(
                  address,
                  "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n"
                      + "a".repeat(200_000)))
          .startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void aMistakeIsToldWithoutItsInternals() throws IOException {
    assertThat(RawClient.get(address, "/mistake"))
        .startsWith("HTTP/1.1 500 ")
        .doesNotContain("secret internals");
  }

  @Test
  void halfARequestHasItsTimeAndNoMoreHoweverItDrips() throws Exception {
    try (RawClient silent = new RawClient(address);
        RawClient dripping = new RawClient(address);
        RawClient body = new RawClient(address)) {
      silent.send("GET /health HTT");
      body.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhe");
      long start = System.nanoTime();
      for (int i = 0; i < 4; i++) {
        dripping.send("G");
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertThat(silent.rest()).isEmpty();
      assertThat(dripping.rest()).isEmpty();
      assertThat(body.rest()).startsWith("HTTP/1.1 408 ");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void connectionsThatSendNothingGiveWayToThoseThatDo() throws IOException {
    List<RawClient> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 60; i++) {
        silent.add(new RawClient(address));
        silent.get(i).send("GET /he");
      }
      for (int i = 0; i < 20; i++) {
        RawClient.health(address);
      }
      await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> port.connections(InetAddress.getLoopbackAddress()) <= 16);
    } finally {
      for (RawClient client : silent) {
        client.close();
      }
    }
  }

  @Test
  void whatIsTooMuchAtOnceHears503AndHealthIsStillAnswered() throws IOException {
    List<RawClient> working = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        working.add(new RawClient(address));
        working.get(i).send("GET /wait HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      }
      await().until(() -> RawClient.get(address, "/nowhere").startsWith("HTTP/1.1 503 "));
      assertThat(RawClient.get(address, "/nowhere")).contains("Retry-After: 1");
      RawClient.health(address);
      release.countDown();
      for (RawClient client : working) {
        assertThat(client.rest()).startsWith("HTTP/1.1 200 ");
      }
      await().until(() -> RawClient.get(address, "/nowhere").startsWith("HTTP/1.1 404 "));
    } finally {
      for (RawClient client : working) {
        client.close();
      }
    }
  }

  @Test
  void streamsAreCountedApart() throws IOException {
    List<RawClient> streams = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        streams.add(new RawClient(address));
        streams.get(i).send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(streams.get(i).some(15)).isEqualTo("HTTP/1.1 200 OK");
      }
      assertThat(RawClient.get(address, "/events")).startsWith("HTTP/1.1 503 ");
      assertThat(RawClient.get(address, "/nowhere")).startsWith("HTTP/1.1 404 ");
      RawClient.health(address);
    } finally {
      for (RawClient client : streams) {
        client.close();
      }
    }
  }

  @Test
  void whereAllAreAtWorkNobodyIsReset() throws IOException {
    HttpLimits two =
        new HttpLimits(
            new Crowd(2, 2), new Crowd(2, 2), SMALL.streams(), SMALL.request(), SMALL.idle());
    try (HttpPort tiny =
            HttpPort.open(
                new HttpBinding("tiny", "127.0.0.1", 0, Optional.empty()),
                two,
                AllowedHosts.of(List.of()),
                new Handler());
        RawClient first = new RawClient(tiny.address());
        RawClient second = new RawClient(tiny.address())) {
      first.send("GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n");
      second.send("GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n");
      await()
          .ignoreExceptions()
          .until(() -> RawClient.get(tiny.address(), "/nowhere").startsWith("HTTP/1.1 503 "));
      for (int i = 0; i < 20; i++) {
        assertThat(RawClient.get(tiny.address(), "/nowhere")).startsWith("HTTP/1.1 503 ");
        RawClient.health(tiny.address());
      }
    }
  }

  @Test
  void aBodyInChunksIsABody() throws IOException {
    assertThat(
            RawClient.ask(
                address,
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("hello");
  }

  @Test
  void namesOfHostsAreNamesOfHosts() {
    assertThatThrownBy(() -> AllowedHosts.of(List.of("http://x/")))
        .hasMessageContaining("allowed-hosts");
    assertThat(AllowedHosts.of(List.of("*", "learner", "10.1.2.3", "[fe80::1]"))).isNotNull();
  }
}
