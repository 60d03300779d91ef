package io.engram.servicekit.http;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Counts who is in, and lets in no more than there may be. Thread-safe. */
final class Turnstile {

  private final Crowd most;
  private final Map<InetAddress, Integer> inside = new HashMap<>();
  private int all;

  Turnstile(Crowd most) {
    this.most = most;
  }

  /** Whether one more of a client may come in; then it is in, until {@link #leave}. */
  synchronized boolean enter(InetAddress client) {
    int own = inside.getOrDefault(client, 0);
    if (all >= most.all() || own >= most.perClient()) {
      return false;
    }
    all++;
    inside.put(client, own + 1);
    return true;
  }

  synchronized void leave(InetAddress client) {
    all--;
    inside.computeIfPresent(client, (it, count) -> count > 1 ? count - 1 : null);
  }
}
