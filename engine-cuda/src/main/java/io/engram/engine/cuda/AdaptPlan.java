package io.engram.engine.cuda;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.task.Episode;
import io.engram.engine.MiniBatches;
import io.engram.engine.cuda.device.Device;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The inner loop alone of episodes of one size. */
final class AdaptPlan implements AutoCloseable {

  private final Circuit circuit;
  private final Loop loop;
  private final GroupShape group;
  private final Exchange exchange;
  private final LoopData loopData;
  private final SetData support;
  private final Staging.Place rows;
  private final Staging.Place adapted;
  private final MiniBatches draw = new MiniBatches();

  AdaptPlan(Circuit circuit, Loop loop, GroupShape group, @Nullable Device device) {
    this.circuit = circuit;
    this.loop = loop;
    this.group = group;
    this.exchange = new Exchange(device);
    this.support = new SetData(exchange.in(), circuit.network, group.tasks(), group.support());
    this.rows = exchange.in().reserve((long) group.tasks() * drawn());
    this.adapted = exchange.out().reserve((long) group.tasks() * circuit.parameters());
    this.loopData = exchange.with(() -> new LoopData(circuit, loop, device));
    exchange.make(this::record);
  }

  long bytes() {
    return exchange.bytes() + loopData.bytes();
  }

  /** Starts with the episodes {@code first} … of {@code order}. */
  void start(float[] theta, List<Episode> episodes, int[] order, int first, InnerLoop values) {
    loopData.put(theta, values);
    for (int t = 0; t < group.tasks(); t++) {
      Episode episode = episodes.get(order[first + t]);
      support.put(t, episode.support());
      IntBuffer to = rows.ints();
      to.position(t * drawn());
      draw.start(episode.support().size(), episode.seed());
      for (int i = 0; i < drawn(); i++) {
        to.put(draw.next());
      }
    }
    exchange.start();
  }

  /** Takes φ of every task, once the device has been awaited. */
  void finish(float[][] into, int[] order, int first) {
    FloatBuffer from = adapted.floats();
    for (int t = 0; t < group.tasks(); t++) {
      from.get(into[order[first + t]]);
    }
  }

  private int drawn() {
    return loop.batch() * loop.steps();
  }

  private void record(Recording to) {
    Arena arena = exchange.arena();
    int parameters = circuit.parameters();
    boolean adam = loop.adam() != null;
    Rows m = adam ? arena.rows(group.tasks(), parameters) : null;
    Rows v = adam ? arena.rows(group.tasks(), parameters) : null;
    if (!arena.counts()) {
      to.add(loopData.upload());
    }
    InnerSweeps inner =
        new InnerSweeps(
            circuit,
            arena,
            loop,
            new InnerSweeps.Keep(false, false),
            group.tasks(),
            group.support());
    RowChoice choice = new RowChoice(rows.address(), drawn());
    inner.record(to, loopData, new InnerSweeps.Run(0, group.tasks(), support, choice, m, v), false);
    Rows into = new Rows(adapted.address(), parameters);
    to.copy(group.tasks(), inner.point(loopData, loop.steps()), into, parameters);
  }

  @Override
  public void close() {
    exchange.close();
  }
}
