package io.engram.servicekit.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that are open, for what Jetty does not count: how long a head may drip, and how many there are of one address. Where one
 * too many comes, the one that has waited longest without a whole request goes, so that a client that sends nothing drives out its own.
 * Thread-safe.
 */
final class Guests implements Connection.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(Guests.class);
  private static final Duration LOOK = Duration.ofMillis(100);

  /** In a burst, those who sent a request at once are not to go before it was read; up to so many times the limit nobody goes earlier. */
  private static final Duration GRACE = Duration.ofMillis(250);

  private static final int BURST = 4;

  /** How long an answer may take beside its bytes, and how many of these must be taken in a second. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long BYTES_PER_MILLI = 64;

  private final HttpLimits limits;
  private final Server server;
  private final Map<Connection, Guest> open = new HashMap<>();

  private static final class Guest {
    final Connection connection;
    final InetAddress client;
    long since = System.nanoTime();
    long bytesBefore;
    boolean headBegun;
    boolean atWork;

    Guest(Connection connection, InetAddress client) {
      this.connection = connection;
      this.client = client;
    }
  }

  Guests(HttpLimits limits, Server server) {
    this.limits = limits;
    this.server = server;
  }

  @Override
  public void onOpened(Connection connection) {
    // With TLS there are two, one in the other; what counts is the one that speaks HTTP.
    if (connection instanceof ConnectionMetaData) {
      client(connection)
          .map(client -> admit(new Guest(connection, client)))
          .ifPresent(leaving -> leaving.forEach(it -> close(it, "gives way to another")));
    }
  }

  @Override
  public synchronized void onClosed(Connection connection) {
    open.remove(connection);
  }

  /** Empty where it is closed already. */
  static Optional<InetAddress> client(Connection connection) {
    return connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress remote
        ? Optional.of(remote.getAddress())
        : Optional.empty();
  }

  /** A whole head has come. */
  synchronized void works(Connection connection) {
    Guest guest = open.get(connection);
    if (guest != null) {
      guest.atWork = true;
    }
  }

  /** It was answered. */
  synchronized void rests(Connection connection) {
    Guest guest = open.get(connection);
    if (guest != null) {
      guest.atWork = false;
      guest.headBegun = false;
      guest.bytesBefore = connection.getBytesIn();
      guest.since = System.nanoTime();
    }
  }

  /** Closes a connection if so many bytes are not taken in their time; to be cancelled when they are. */
  Scheduler.Task takes(Connection connection, int bytes) {
    return server
        .getScheduler()
        .schedule(
            () -> close(connection, "takes its answer too slowly"),
            PATIENCE.plusMillis(bytes / BYTES_PER_MILLI));
  }

  /** After who does not ask, again and again as long as the server runs. */
  void look() {
    if (server.isRunning()) {
      server.getScheduler().schedule(this::look, LOOK);
    }
    late().forEach(it -> close(it, "asks for nothing, or too slowly"));
    tooMany().forEach(it -> close(it, "gives way to others"));
  }

  /** How long a whole request may take. */
  Duration request() {
    return limits.request();
  }

  /** How many connections of a client are open. */
  synchronized long of(InetAddress client) {
    return open.values().stream().filter(it -> it.client.equals(client)).count();
  }

  private synchronized List<Connection> admit(Guest guest) {
    List<Connection> leaving = new ArrayList<>();
    Crowd most = limits.connections();
    makeRoom(it -> it.client.equals(guest.client), most.perClient()).ifPresent(leaving::add);
    makeRoom(it -> true, most.all()).ifPresent(leaving::add);
    open.put(guest.connection, guest);
    return leaving;
  }

  private synchronized List<Connection> tooMany() {
    List<Connection> leaving = new ArrayList<>();
    for (InetAddress client : open.values().stream().map(it -> it.client).distinct().toList()) {
      shrink(it -> it.client.equals(client), limits.connections().perClient(), leaving);
    }
    shrink(it -> true, limits.connections().all(), leaving);
    return leaving;
  }

  private void shrink(Predicate<Guest> among, int places, List<Connection> leaving) {
    Optional<Connection> gone = makeRoom(among, places + 1);
    while (gone.isPresent()) {
      leaving.add(gone.get());
      gone = makeRoom(among, places + 1);
    }
  }

  /** Where all are at work nobody goes: calls and streams have limits of their own. */
  private Optional<Connection> makeRoom(Predicate<Guest> among, int places) {
    long count = open.values().stream().filter(among).count();
    if (count < places) {
      return Optional.empty();
    }
    long now = System.nanoTime();
    long grace = count < (long) BURST * places ? GRACE.toNanos() : 0;
    Optional<Connection> longest =
        open.values().stream()
            .filter(among)
            .filter(it -> !it.atWork && now - it.since >= grace)
            .min(Comparator.comparingLong(it -> it.since))
            .map(it -> it.connection);
    longest.ifPresent(open::remove);
    return longest;
  }

  private synchronized List<Connection> late() {
    long now = System.nanoTime();
    List<Connection> late = new ArrayList<>();
    for (Guest guest : open.values()) {
      if (!guest.atWork) {
        if (!guest.headBegun && guest.connection.getBytesIn() > guest.bytesBefore) {
          guest.headBegun = true;
          guest.since = now;
        }
        Duration most = guest.headBegun ? limits.request() : limits.idle().plus(limits.request());
        if (now - guest.since > most.toNanos()) {
          late.add(guest.connection);
        }
      }
    }
    return late;
  }

  /** Closes the plain end: one with TLS would say goodbye first, and wait for whoever does not listen. */
  private static void close(Connection connection, String why) {
    EndPoint end = connection.getEndPoint();
    while (end instanceof EndPoint.Wrapper wrapper) {
      end = wrapper.unwrap();
    }
    LOG.debug("{} {} and is closed", end.getRemoteSocketAddress(), why);
    end.close();
  }
}
