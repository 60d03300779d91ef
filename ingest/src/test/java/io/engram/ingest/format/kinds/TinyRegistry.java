package io.engram.ingest.format.kinds;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Not a schema registry: the routes of one that readers need, over real HTTP. Answers 404 for what it does not have, 503 while it is down. */
public final class TinyRegistry implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, String> bodies = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile boolean down;

  public TinyRegistry() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What a route answers. */
  public TinyRegistry has(String route, String body) {
    bodies.put(route, body);
    return this;
  }

  /** A schema as Confluent's registry answers with it. */
  public static String schema(String type, String schema) {
    String quoted = schema.replace("\\", "\\\\").replace("\"", "\\\"");
    return "{\"schemaType\":\"%s\",\"schema\":\"%s\"}".formatted(type, quoted);
  }

  public void down(boolean now) {
    down = now;
  }

  /** How many questions there were. */
  public int asked() {
    return asked.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    String body = bodies.get(exchange.getRequestURI().getPath());
    byte[] bytes = (body == null ? "{\"error_code\":40403}" : body).getBytes(UTF_8);
    int found = body == null ? 404 : 200;
    exchange.sendResponseHeaders(down ? 503 : found, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
