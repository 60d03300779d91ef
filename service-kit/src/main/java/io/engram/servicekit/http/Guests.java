package io.engram.servicekit.http;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The connections that are open. Where one too many comes, the one that has waited longest without a whole request goes: a client that
 * opens connections and sends nothing drives out its own, and whoever sends a request at once is answered. Thread-safe.
 */
final class Guests {

  private final Crowd most;
  private final Set<Connection> open = new HashSet<>();

  private record Waiting(Connection guest, long since) {}

  Guests(Crowd most) {
    this.most = most;
  }

  /** Whether a connection may stay; then it is among the open ones, until {@link #left}. */
  synchronized boolean admit(Connection guest) {
    boolean fits =
        makeRoom(it -> it.client().equals(guest.client()), most.perClient())
            && makeRoom(it -> true, most.all());
    if (fits) {
      open.add(guest);
    }
    return fits;
  }

  synchronized void left(Connection guest) {
    open.remove(guest);
  }

  /** Those that are open now. */
  synchronized List<Connection> open() {
    return List.copyOf(open);
  }

  private boolean makeRoom(Predicate<Connection> among, int places) {
    if (open.size() < places) {
      return true;
    }
    // As of now: while they are sorted, others are answered and wait anew.
    List<Waiting> guests =
        open.stream().filter(among).map(it -> new Waiting(it, it.waitingSince())).toList();
    if (guests.size() < places) {
      return true;
    }
    Optional<Connection> gone = longest(guests).or(() -> longestThatGoes(guests));
    gone.ifPresent(open::remove);
    return gone.isPresent();
  }

  /** Mostly it has not got to work in this moment, and goes. */
  private static Optional<Connection> longest(List<Waiting> guests) {
    return guests.stream()
        .min(Comparator.comparingLong(Waiting::since))
        .map(Waiting::guest)
        .filter(Connection::sendAway);
  }

  private static Optional<Connection> longestThatGoes(List<Waiting> guests) {
    return guests.stream()
        .sorted(Comparator.comparingLong(Waiting::since))
        .map(Waiting::guest)
        .filter(Connection::sendAway)
        .findFirst();
  }

  /** How many connections of a client are open. */
  synchronized long of(InetAddress client) {
    return open.stream().filter(it -> it.client().equals(client)).count();
  }
}
