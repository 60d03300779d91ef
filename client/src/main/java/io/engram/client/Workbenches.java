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
  private final Map<NetworkSpec, Shelf> shelves = new HashMap<>();
  private boolean closed;

  Workbenches(ComputeEngine engine) {
    this.engine = engine;
  }

  /** The benches of a network. */
  synchronized Shelf shelf(NetworkSpec network) {
    return shelves.computeIfAbsent(network, Shelf::new);
  }

  /** Frees what is idle now, and the rest as it is given back. */
  @Override
  public synchronized void close() {
    closed = true;
    shelves.values().forEach(Shelf::clear);
    shelves.clear();
  }

  /** The idle benches of one network. */
  final class Shelf {

    private final NetworkSpec network;
    private final Deque<Workbench> idle = new ArrayDeque<>();

    private Shelf(NetworkSpec network) {
      this.network = network;
    }

    /** Works on a bench, compiling one where none is idle. */
    <T> T with(Function<Workbench, T> work) {
      Workbench bench = borrow();
      try {
        return work.apply(bench);
      } finally {
        giveBack(bench);
      }
    }

    /** A bench for this thread alone until {@link #giveBack}. */
    Workbench borrow() {
      synchronized (Workbenches.this) {
        if (closed) {
          throw new IllegalStateException("this connection is closed");
        }
        Workbench bench = idle.poll();
        if (bench != null) {
          return bench;
        }
      }
      return new Workbench(engine.compile(network));
    }

    void giveBack(Workbench bench) {
      synchronized (Workbenches.this) {
        if (closed) {
          bench.close();
        } else {
          idle.push(bench);
        }
      }
    }

    private void clear() {
      idle.forEach(Workbench::close);
      idle.clear();
    }
  }
}
