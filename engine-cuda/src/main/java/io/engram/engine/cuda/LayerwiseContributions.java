package io.engram.engine.cuda;

import io.engram.engine.cuda.MetaShape.Alpha;
import io.engram.engine.cuda.device.ParameterBlock;
import java.util.ArrayList;
import java.util.List;

/** Any network: operation after operation, each for all tasks at once, or for as many as there is room for. */
final class LayerwiseContributions implements Contributions {

  private final Circuit circuit;
  private final MetaShape shape;
  private final LoopData loopData;
  private final Outcome outcome;
  private final int together;
  private final List<InnerSweeps> inners = new ArrayList<>();
  private final List<OuterSweeps> outers = new ArrayList<>();
  private final SickEpisodes health;
  private final Rows theta;
  private final Rows alpha;
  private final Rows m;
  private final Rows v;

  /**
   * Makes room.
   *
   * @param together how many tasks go through the network at once at most
   */
  LayerwiseContributions(
      Circuit circuit,
      MetaShape shape,
      int together,
      Arena arena,
      LoopData loopData,
      Outcome outcome) {
    this.circuit = circuit;
    this.shape = shape;
    this.loopData = loopData;
    this.outcome = outcome;
    this.together = together;
    int episodes = shape.episodes();
    this.health = new SickEpisodes(arena, episodes);
    this.theta = arena.rows(episodes, circuit.parameters());
    this.alpha = arena.rows(episodes, shape.alphas());
    boolean adam = shape.loop().adam() != null;
    this.m = adam ? arena.rows(episodes, circuit.parameters()) : Rows.NONE;
    this.v = adam ? arena.rows(episodes, circuit.parameters()) : Rows.NONE;
    InnerSweeps.Keep keep = new InnerSweeps.Keep(shape.keepsPoints(), shape.alpha() != Alpha.NONE);
    for (GroupShape group : shape.groups()) {
      int tasks = Math.min(group.tasks(), together);
      InnerSweeps inner =
          new InnerSweeps(circuit, arena, shape.loop(), keep, tasks, group.support());
      inners.add(inner);
      outers.add(new OuterSweeps(circuit, arena, shape, inner, group, tasks));
    }
  }

  @Override
  public long count() {
    return health.count();
  }

  @Override
  public void record(Recording to, EpisodeBuffer from) {
    health.begin(to);
    if (shape.alphas() > 0) {
      to.copy(shape.episodes(), Rows.NONE, alpha, shape.alphas());
    }
    int slot = 0;
    for (int g = 0; g < shape.groups().size(); g++) {
      GroupShape group = shape.groups().get(g);
      int tasks = Math.min(group.tasks(), together);
      for (int t = 0; t < group.tasks(); t += tasks) {
        int now = Math.min(tasks, group.tasks() - t);
        InnerSweeps.Run run =
            new InnerSweeps.Run(
                t,
                now,
                from.support(g),
                from.rows(g),
                m.data() == 0 ? null : m.fromTask(slot),
                v.data() == 0 ? null : v.fromTask(slot));
        OuterSweeps.Into into =
            new OuterSweeps.Into(
                theta.fromTask(slot),
                alpha.fromTask(slot),
                outcome.losses().fromTask(slot),
                from.stepWeights());
        outers.get(g).record(to, loopData, run, from.query(g), into);
        slot += now;
      }
    }
    reduce(to, from);
  }

  private void reduce(Recording to, EpisodeBuffer from) {
    int parameters = circuit.parameters();
    health.check(to, theta, parameters);
    health.check(to, outcome.losses(), 1);
    health.check(to, alpha, shape.alphas());
    if (m.data() != 0) {
      health.check(to, m, parameters);
      health.check(to, v, parameters);
    }
    health.gather(to, from.slots(), outcome.flags());
    health.mean(to, theta, outcome.mean(), parameters);
    health.mean(to, alpha, outcome.meanAlpha(), shape.alphas());
    Loop.AdamSettings adam = shape.loop().adam();
    if (shape.moments() && adam != null) {
      int steps = shape.loop().steps();
      float kept1 = (float) Math.pow(adam.beta1(), steps);
      float kept2 = (float) Math.pow(adam.beta2(), steps);
      chain(to, m, adam.started() ? loopData.first().data() : 0, kept1, outcome.first());
      chain(to, v, adam.started() ? loopData.second().data() : 0, kept2, outcome.second());
    }
  }

  /** The moments after the batch, as if its episodes had followed each other. */
  private void chain(Recording to, Rows ends, long start, float kept, long into) {
    ParameterBlock block = ends.to(new ParameterBlock());
    block
        .pointer(start)
        .pointer(health.healthy())
        .pointer(health.count())
        .pointer(into)
        .real(kept)
        .number(circuit.parameters());
    to.sweep("chain_moments", 1, circuit.parameters(), block);
  }
}
