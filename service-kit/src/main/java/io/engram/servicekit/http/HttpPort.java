package io.engram.servicekit.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP/1.1 server for strangers: Jetty, strict, with connections and calls counted and an end to everything that is waited for. */
public final class HttpPort implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpPort.class);

  /** Who finds no place among those waiting to be accepted tries again a second later. */
  private static final int BACKLOG = 4096;

  private static final int MOST_HEAD_BYTES = 16 * 1024;

  /** Threads that wait for requests, so that the first of many need not be made. */
  private static final int READY_THREADS = 8;

  /** For what is answered beyond the limits, accepting and selecting. */
  private static final int SPARE_THREADS = 32;

  private static final int THREAD_IDLE_MILLIS = 5_000;
  private static final int STOP_MILLIS = 500;

  private final Server server;
  private final ServerConnector connector;
  private final Guests guests;

  private HttpPort(Server server, ServerConnector connector, Guests guests) {
    this.server = server;
    this.connector = connector;
    this.guests = guests;
  }

  /**
   * Begins to listen.
   *
   * @throws IOException if the address cannot be had
   */
  public static HttpPort open(
      HttpBinding binding, HttpLimits limits, AllowedHosts hosts, HttpHandler handler)
      throws IOException {
    Server server =
        new Server(
            threads(binding, limits),
            new ScheduledExecutorScheduler(binding.name() + "-clock", true),
            new ArrayByteBufferPool());
    Guests guests = new Guests(limits, server);
    ServerConnector connector = new ServerConnector(server, 1, 1, factories(binding));
    connector.setHost(binding.host());
    connector.setPort(binding.port());
    connector.setAcceptQueueSize(BACKLOG);
    connector.setIdleTimeout(limits.idle().toMillis());
    connector.addBean(guests);
    server.addConnector(connector);
    server.setErrorHandler(new Refused());
    server.setHandler(
        new Gate(
            handler,
            hosts,
            guests,
            new Turnstile(limits.calls()),
            new Turnstile(limits.streams())));
    HttpPort port = new HttpPort(server, connector, guests);
    try {
      server.start();
    } catch (IOException e) {
      port.close();
      throw e;
    } catch (Exception e) {
      port.close();
      throw new IOException("the port did not open: " + e.getMessage(), e);
    }
    guests.look();
    return port;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    String host = connector.getHost();
    return new InetSocketAddress(host, connector.getLocalPort());
  }

  /** How many connections of a client are open. */
  long connections(InetAddress client) {
    return guests.of(client);
  }

  /** Stops listening and closes what is open. Idempotent. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.debug("the port did not close cleanly", e);
    }
  }

  private static QueuedThreadPool threads(HttpBinding binding, HttpLimits limits) {
    int most = limits.calls().all() + limits.streams().all() + SPARE_THREADS;
    QueuedThreadPool threads = new QueuedThreadPool(most, READY_THREADS, THREAD_IDLE_MILLIS);
    threads.setName(binding.name());
    threads.setDaemon(true);
    threads.setMaxEvictCount(most);
    threads.setStopTimeout(STOP_MILLIS);
    return threads;
  }

  private static ConnectionFactory[] factories(HttpBinding binding) {
    HttpConfiguration strict = new HttpConfiguration();
    strict.setHttpCompliance(HttpCompliance.STRICT);
    strict.setUriCompliance(UriCompliance.DEFAULT);
    strict.setRequestHeaderSize(MOST_HEAD_BYTES);
    strict.setSendServerVersion(false);
    HttpConnectionFactory http = new HttpConnectionFactory(strict);
    List<ConnectionFactory> factories = new ArrayList<>();
    binding
        .tls()
        .ifPresent(
            context -> {
              SslContextFactory.Server tls = new SslContextFactory.Server();
              tls.setSslContext(context);
              factories.add(new SslConnectionFactory(tls, http.getProtocol()));
            });
    factories.add(http);
    return factories.toArray(ConnectionFactory[]::new);
  }
}
