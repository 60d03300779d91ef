package io.engram.benchmarks.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What somebody can do to an HTTP port. */
enum HostileKind {
  /** Sends a request a byte at a time. */
  SLOW {
    @Override
    void attack(int port, BooleanSupplier on, Consumer<String> answers)
        throws IOException, InterruptedException {
      byte[] request = get("/v1/models").getBytes(StandardCharsets.US_ASCII);
      try (HostileConnection it = HostileConnection.open(port)) {
        for (int i = 0; i < request.length && on.getAsBoolean(); i++) {
          it.send(new byte[] {request[i]});
          TimeUnit.MILLISECONDS.sleep(200);
        }
        answers.accept(it.status());
      }
    }
  },
  /** Opens ten connections, sends half a request on each and waits. */
  HALF_OPEN {
    @Override
    void attack(int port, BooleanSupplier on, Consumer<String> answers)
        throws IOException, InterruptedException {
      withTen(port, on, 1000, it -> it.send("GET /v1/mod".getBytes(StandardCharsets.US_ASCII)));
    }
  },
  /** A new connection for each call, as fast as it goes. */
  FLOOD {
    @Override
    void attack(int port, BooleanSupplier on, Consumer<String> answers) throws IOException {
      try (HostileConnection it = HostileConnection.open(port)) {
        it.send(get("/v1/models").getBytes(StandardCharsets.US_ASCII));
        answers.accept(it.status());
      }
    }
  },
  /** Asks for four megabytes and does not take them. */
  SLOW_READER {
    @Override
    void attack(int port, BooleanSupplier on, Consumer<String> answers)
        throws IOException, InterruptedException {
      try (HostileConnection it = HostileConnection.open(port)) {
        it.send(
            get("/v1/models/hostile/versions/1/parameters").getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 30 && on.getAsBoolean(); i++) {
          TimeUnit.MILLISECONDS.sleep(100);
        }
        answers.accept(it.status());
      }
    }
  },
  /** Ten event streams each. */
  EVENTS {
    @Override
    void attack(int port, BooleanSupplier on, Consumer<String> answers)
        throws IOException, InterruptedException {
      withTen(
          port,
          on,
          500,
          it -> {
            it.send(get("/v1/events").getBytes(StandardCharsets.US_ASCII));
            answers.accept(it.status());
          });
    }
  },
  /** What must not be taken: names of others, ways out of the directory, requests in requests, nonsense. */
  SMUGGLING {
    @Override
    void attack(int port, BooleanSupplier on, Consumer<String> answers) throws IOException {
      for (String request : NONSENSE) {
        if (on.getAsBoolean()) {
          try (HostileConnection it = HostileConnection.open(port)) {
            it.send(request.getBytes(StandardCharsets.ISO_8859_1));
            String status = it.status();
            answers.accept(status.startsWith("2") ? "taken: " + request : status);
          }
        }
      }
    }
  };

  private static final String HOST = "Host: localhost\r\n";

  /** None of them may be answered with a status of 200 and more. */
  private static final List<String> NONSENSE =
      List.of(
          "GET /v1/models HTTP/1.1\r\nHost: evil.example\r\n\r\n",
          "GET /v1/models HTTP/1.1\r\nHost: localhost.evil.example:8480\r\n\r\n",
          "GET /v1/models HTTP/1.1\r\n" + HOST + "Origin: http://evil.example\r\n\r\n",
          "GET /v1/models HTTP/1.1\r\n\r\n",
          "GET /../../etc/passwd HTTP/1.1\r\n" + HOST + "\r\n",
          "GET /v1/models/%2e%2e/%2e%2e/token HTTP/1.1\r\n" + HOST + "\r\n",
          "GET /v1/models/%252e%252e%2ftoken HTTP/1.1\r\n" + HOST + "\r\n",
          "GET /v1\\..\\token HTTP/1.1\r\n" + HOST + "\r\n",
          "POST /v1/models/hostile/pin HTTP/1.1\r\n"
              + HOST
              + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
              + get("/v1/models"),
          "POST /v1/models/hostile/pin HTTP/1.1\r\n"
              + HOST
              + "Content-Length: 0\r\nContent-Length: 40\r\n\r\n",
          "POST /v1/models/hostile/pin HTTP/1.1\r\n" + HOST + "Content-Length: 99999999\r\n\r\n",
          "DELETE /v1/models/hostile/aliases/x HTTP/1.1\r\n" + HOST + "\r\n",
          "GET /v1/models HTTP/1.1\r\n" + HOST + "X: " + "y".repeat(20_000) + "\r\n\r\n",
          "GET /" + "z".repeat(20_000) + " HTTP/1.1\r\n" + HOST + "\r\n",
          "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
          "GET /v1/models HTTP/1.1\r\n" + HOST + " folded: yes\r\n\r\n");

  /** What is done with a connection. */
  private interface Deed {
    void with(HostileConnection it) throws IOException;
  }

  /** Opens ten connections, does something with each, and keeps all of them open for some milliseconds. */
  private static void withTen(int port, BooleanSupplier on, long millis, Deed deed)
      throws IOException, InterruptedException {
    List<HostileConnection> open = new ArrayList<>();
    try {
      for (int i = 0; i < 10 && on.getAsBoolean(); i++) {
        HostileConnection it = HostileConnection.open(port);
        open.add(it);
        deed.with(it);
      }
      TimeUnit.MILLISECONDS.sleep(millis);
    } finally {
      open.forEach(HostileConnection::close);
    }
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  }

  /**
   * Does it once.
   *
   * @param on whether to go on
   * @param answers hears the statuses that come back
   * @throws IOException as soon as the server closes
   */
  abstract void attack(int port, BooleanSupplier on, Consumer<String> answers)
      throws IOException, InterruptedException;
}
