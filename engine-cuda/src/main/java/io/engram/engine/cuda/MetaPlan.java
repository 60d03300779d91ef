package io.engram.engine.cuda;

import io.engram.core.compute.InnerLoop;
import io.engram.core.compute.InnerOptimizer.AdamMoments;
import io.engram.core.compute.MetaGradient;
import io.engram.core.task.Episode;
import io.engram.engine.MiniBatches;
import io.engram.engine.cuda.MetaShape.Alpha;
import io.engram.engine.cuda.device.Device;
import io.engram.engine.cuda.device.ParameterBlock;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A meta-gradient of one shape: memory on both sides and one sequence of commands. */
final class MetaPlan implements AutoCloseable {

  /** As in the kernels: healthy episodes are summed up by so many at a time. */
  private static final int CHUNK = 32;

  private final Circuit circuit;
  private final MetaShape shape;
  private final Arena arena;
  private final Staging in;
  private final Staging out;
  private final LoopData loopData;
  private final List<SetData> supports = new ArrayList<>();
  private final List<SetData> queries = new ArrayList<>();
  private final List<Staging.Place> rows = new ArrayList<>();
  private final Staging.Place slots;
  private final Staging.Place notFinite;
  private final Staging.Place stepWeights;
  private final Staging.Place mean;
  private final Staging.Place meanAlpha;
  private final Staging.@Nullable Place first;
  private final Staging.@Nullable Place second;
  private final Staging.Place losses;
  private final Staging.Place flags;
  private final Rows theta;
  private final Rows alpha;
  private final Rows m;
  private final Rows v;
  private final long healthy;
  private final long count;
  private final MiniBatches draw = new MiniBatches();
  private Device.@Nullable Sequence sequence;

  /**
   * Makes room and records.
   *
   * @param device null to count only, see {@link #bytes()}
   * @param together how many tasks go through the network at once at most
   */
  MetaPlan(Circuit circuit, MetaShape shape, @Nullable Device device, int together) {
    this.circuit = circuit;
    this.shape = shape;
    this.arena = new Arena(device);
    this.in = new Staging(device);
    this.out = new Staging(device);
    int episodes = shape.episodes();
    int parameters = circuit.parameters();
    this.loopData = new LoopData(in, circuit, shape.loop());
    for (GroupShape group : shape.groups()) {
      supports.add(new SetData(in, circuit.network, group.tasks(), group.support()));
      queries.add(new SetData(in, circuit.network, group.tasks(), group.query()));
      rows.add(in.reserve((long) group.tasks() * drawn()));
    }
    this.slots = in.reserve(episodes);
    this.notFinite = in.reserve(episodes);
    this.stepWeights = in.reserve(shape.loop().steps() + 1L);
    this.mean = out.reserve(parameters);
    this.meanAlpha = out.reserve(shape.alphas());
    this.first = shape.moments() ? out.reserve(parameters) : null;
    this.second = shape.moments() ? out.reserve(parameters) : null;
    this.losses = out.reserve(episodes);
    this.flags = out.reserve(episodes);
    try {
      in.make();
      out.make();
      this.theta = arena.rows(episodes, parameters);
      this.alpha = arena.rows(episodes, shape.alphas());
      boolean adam = shape.loop().adam() != null;
      this.m = adam ? arena.rows(episodes, parameters) : Rows.NONE;
      this.v = adam ? arena.rows(episodes, parameters) : Rows.NONE;
      this.healthy = arena.floats(episodes);
      this.count = arena.floats(1);
      Recording recording = record(together);
      this.sequence = device == null ? null : device.sequence(recording.commands());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Memory on the card, of a plan that counts. */
  long bytes() {
    return arena.bytes() + in.bytes() + out.bytes();
  }

  /** Hands the arguments over and starts. */
  void start(
      float[] newTheta,
      List<Episode> episodes,
      Groups groups,
      InnerLoop loop,
      float @Nullable [] weights) {
    loopData.put(newTheta, loop);
    slots.ints().put(groups.slots());
    if (weights != null) {
      stepWeights.floats().put(weights);
    }
    int slot = 0;
    for (int g = 0; g < shape.groups().size(); g++) {
      GroupShape group = shape.groups().get(g);
      for (int t = 0; t < group.tasks(); t++) {
        put(g, t, episodes.get(groups.episodes()[slot++]));
      }
    }
    if (sequence != null) {
      sequence.start();
    }
  }

  private void put(int group, int t, Episode episode) {
    supports.get(group).put(t, episode.support());
    if (shape.groups().get(group).query() > 0) {
      queries.get(group).put(t, episode.query());
    }
    if (drawn() > 0) {
      IntBuffer to = rows.get(group).ints();
      to.position(t * drawn());
      draw.start(episode.support().size(), episode.seed());
      for (int i = 0; i < drawn(); i++) {
        to.put(draw.next());
      }
    }
  }

  /** Takes the results of what was started, once the device has been awaited. */
  void finish(Groups groups, InnerLoop loop, MetaGradient gradient) {
    gradient.begin(groups.slots().length);
    FloatBuffer loss = losses.floats();
    IntBuffer bad = flags.ints();
    for (int i = 0; i < groups.slots().length; i++) {
      int slot = groups.slots()[i];
      gradient.record(i, loss.get(slot), bad.get(slot) == 0);
    }
    mean.floats().get(gradient.parameters());
    float[] stepSizes = gradient.stepSizes();
    if (stepSizes != null) {
      meanAlpha.floats().get(stepSizes);
    }
    AdamMoments moments = gradient.moments();
    if (moments != null && first != null && second != null) {
      first.floats().get(moments.first());
      second.floats().get(moments.second());
    }
  }

  /** Examples drawn for each task in an inner loop of mini-batches. */
  private int drawn() {
    return shape.loop().batch() * shape.loop().steps();
  }

  private Recording record(int together) {
    Recording to = new Recording();
    if (sequenceNeeded()) {
      to.add(in.upload());
    }
    zero(to, alpha, shape.alphas());
    int slot = 0;
    for (int g = 0; g < shape.groups().size(); g++) {
      GroupShape group = shape.groups().get(g);
      int tasks = Math.min(group.tasks(), together);
      InnerSteps.Keep keep = new InnerSteps.Keep(shape.keepsPoints(), shape.alpha() != Alpha.NONE);
      InnerSteps inner = new InnerSteps(circuit, arena, shape.loop(), keep, tasks, group.support());
      OuterSteps outer = new OuterSteps(circuit, arena, shape, inner, group, tasks);
      for (int t = 0; t < group.tasks(); t += tasks) {
        int now = Math.min(tasks, group.tasks() - t);
        InnerSteps.Run run =
            new InnerSteps.Run(
                t,
                now,
                supports.get(g),
                new RowChoice(rows.get(g).address(), drawn()),
                m.data() == 0 ? null : m.fromTask(slot),
                v.data() == 0 ? null : v.fromTask(slot));
        OuterSteps.Into into =
            new OuterSteps.Into(
                theta.fromTask(slot),
                alpha.fromTask(slot),
                new Rows(losses.address() + 4L * slot, 1),
                stepWeights.address());
        outer.record(to, loopData, run, queries.get(g), into);
        slot += now;
      }
    }
    reduce(to);
    if (sequenceNeeded()) {
      to.add(out.download());
    }
    return to;
  }

  private boolean sequenceNeeded() {
    return !arena.counts();
  }

  private void zero(Recording to, Rows into, int length) {
    if (length > 0 && shape.episodes() > 0) {
      ParameterBlock block = Rows.NONE.to(new ParameterBlock());
      into.to(block).pointer(0).flag(false).number(length);
      to.sweep("copy_rows", shape.episodes(), length, block);
    }
  }

  private void reduce(Recording to) {
    int parameters = circuit.parameters();
    check(to, theta, parameters);
    check(to, new Rows(losses.address(), 1), 1);
    check(to, alpha, shape.alphas());
    if (shape.loop().adam() != null) {
      check(to, m, parameters);
      check(to, v, parameters);
    }
    ParameterBlock block =
        new ParameterBlock()
            .pointer(notFinite.address())
            .pointer(slots.address())
            .pointer(healthy)
            .pointer(count)
            .number(shape.episodes());
    to.launch("gather_healthy", 1, 1, 0, block);
    mean(to, theta, mean.address(), parameters);
    mean(to, alpha, meanAlpha.address(), shape.alphas());
    if (first != null && second != null && shape.loop().adam() != null) {
      Loop.AdamSettings adam = shape.loop().adam();
      int steps = shape.loop().steps();
      chain(to, m, loopData.first(), (float) Math.pow(adam.beta1(), steps), first);
      chain(to, v, loopData.second(), (float) Math.pow(adam.beta2(), steps), second);
    }
    // The flags come along with the results.
    ParameterBlock copy = new Rows(notFinite.address(), 1).to(new ParameterBlock());
    new Rows(flags.address(), 1).to(copy).number(shape.episodes());
    to.each("copy_flags", 1, shape.episodes(), copy);
  }

  private void check(Recording to, Rows values, int length) {
    if (length > 0 && shape.episodes() > 0) {
      ParameterBlock block = values.to(new ParameterBlock());
      block.pointer(notFinite.address()).number(length);
      to.sweep("check_finite", shape.episodes(), length, block);
    }
  }

  private void mean(Recording to, Rows from, long into, int length) {
    if (length == 0) {
      return;
    }
    int chunks = Math.max(1, (shape.episodes() + CHUNK - 1) / CHUNK);
    ParameterBlock block = from.to(new ParameterBlock());
    block
        .pointer(healthy)
        .pointer(count)
        .pointer(arena.floats((long) chunks * length))
        .pointer(into)
        .number(length);
    to.sweep("reduce_chunks", chunks, length, block);
    to.sweep("reduce_mean", 1, length, block);
  }

  private void chain(Recording to, Rows ends, Rows start, float kept, Staging.Place into) {
    boolean started = shape.loop().adam() != null && shape.loop().adam().started();
    ParameterBlock block = ends.to(new ParameterBlock());
    block
        .pointer(started ? start.data() : 0)
        .pointer(healthy)
        .pointer(count)
        .pointer(into.address())
        .real(kept)
        .number(circuit.parameters());
    to.sweep("chain_moments", 1, circuit.parameters(), block);
  }

  @Override
  public void close() {
    if (sequence != null) {
      sequence.close();
      sequence = null;
    }
    arena.close();
    in.close();
    out.close();
  }
}
