package io.engram.client;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.network.NetworkSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Compiled networks to borrow: as many of each as threads ever worked on it at once, and those of networks that models no longer
 * have until {@link #close}. Thread-safe.
 */
final class Workbenches implements AutoCloseable {

  private final ComputeEngine engine;
  private final Map<NetworkSpec, Deque<Workbench>> idle = new HashMap<>();
  private boolean closed;

  Workbenches(ComputeEngine engine) {
    this.engine = engine;
  }

  /** Works on a bench of a network, compiling one where none is idle. */
  <T> T with(NetworkSpec network, Function<Workbench, T> work) {
    Workbench bench = borrow(network);
    try {
      return work.apply(bench);
    } finally {
      giveBack(network, bench);
    }
  }

  private Workbench borrow(NetworkSpec network) {
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("this connection is closed");
      }
      Deque<Workbench> free = idle.get(network);
      Workbench bench = free == null ? null : free.poll();
      if (bench != null) {
        return bench;
      }
    }
    return new Workbench(engine.compile(network));
  }

  private synchronized void giveBack(NetworkSpec network, Workbench bench) {
    if (closed) {
      bench.close();
    } else {
      idle.computeIfAbsent(network, spec -> new ArrayDeque<>()).push(bench);
    }
  }

  /** Frees what is idle now, and the rest as it is given back. */
  @Override
  public synchronized void close() {
    closed = true;
    idle.values().forEach(benches -> benches.forEach(Workbench::close));
    idle.clear();
  }
}
