package io.engram.engine.cuda;

import io.engram.core.compute.episode.MetaRule;
import io.engram.core.network.Head;
import io.engram.core.network.Layer.Function;
import io.engram.engine.cuda.DenseChain.DenseLayer;
import io.engram.engine.cuda.device.ParameterBlock;
import java.util.function.ToIntFunction;

/**
 * Small dense networks: what all tasks share is done in products over all of them, and each task's loop in one block (dense.cuh).
 */
final class DenseContributions implements Contributions {

  private static final int THREADS = 128;

  private final Circuit circuit;
  private final DenseChain chain;
  private final MetaShape shape;
  private final LoopData loopData;
  private final Outcome outcome;
  private final SickEpisodes health;
  private final int tasks;
  private final int n;
  private final int m;
  private final boolean queries;
  private final long gram;
  private final long first;
  private final long cross;
  private final long firstQuery;
  private final Rows rest;
  private final long delta;
  private final long deltaQuery;
  private final long scratch;
  private final long scratchTask;
  private final long partial;
  private final long inputRows;
  private final long deltaRows;
  private final long restMean;

  DenseContributions(
      Circuit circuit,
      DenseChain chain,
      MetaShape shape,
      Arena arena,
      LoopData loopData,
      Outcome outcome) {
    this.circuit = circuit;
    this.chain = chain;
    this.shape = shape;
    this.loopData = loopData;
    this.outcome = outcome;
    GroupShape group = shape.groups().get(0);
    this.tasks = group.tasks();
    this.n = group.support();
    this.queries = shape.rule() != MetaRule.REPTILE;
    this.m = queries ? group.query() : 0;
    this.health = new SickEpisodes(arena, tasks);
    int h = chain.width();
    this.gram = arena.floats((long) tasks * n * n);
    this.first = arena.floats((long) tasks * n * h);
    this.cross = arena.floats((long) tasks * m * n);
    this.firstQuery = arena.floats((long) tasks * m * h);
    this.rest = arena.rows(tasks, circuit.parameters() - chain.firstWeights());
    // One row of zeros behind the last.
    this.delta = arena.floats((long) tasks * n * h + h);
    this.deltaQuery = arena.floats((long) tasks * m * h + h);
    this.scratchTask = shape.exact() ? chain.keptFloats(n) * shape.loop().steps() : 0;
    this.scratch = arena.floats(tasks * scratchTask);
    this.partial = arena.floats((long) health.chunks() * chain.firstWeights());
    long rows = (long) health.chunks() * SickEpisodes.CHUNK * Math.max(n, m);
    this.inputRows = arena.floats(rows);
    this.deltaRows = arena.floats(rows);
    this.restMean = outcome.mean() + 4L * chain.firstWeights();
  }

  @Override
  public long count() {
    return health.count();
  }

  @Override
  public void record(Recording to, EpisodeBuffer from) {
    int h = chain.width();
    health.begin(to);
    long support = from.support(0).inputs();
    long query = from.query(0).inputs();
    images(to, support, n, first);
    pairs(to, support, n, support, gram);
    if (queries) {
      images(to, query, m, firstQuery);
      pairs(to, query, m, support, cross);
    }
    loop(to, from);
    health.check(to, rest, circuit.parameters() - chain.firstWeights());
    health.gather(to, from.slots(), outcome.flags());
    if (queries) {
      outer(to, query, m, deltaQuery, false, 1f);
    }
    if (shape.rule() != MetaRule.FIRST_ORDER) {
      outer(to, support, n, delta, queries, shape.exact() ? -1f : 1f);
    }
    health.meanOfChunks(to, partial, outcome.mean(), h * chain.inputs());
    health.mean(to, rest, restMean, circuit.parameters() - chain.firstWeights());
  }

  /** X·W of the first layer at θ, all tasks as one batch. */
  private void images(Recording to, long inputs, int rows, long into) {
    int h = chain.width();
    int in = chain.inputs();
    int all = Math.multiplyExact(tasks, rows);
    product(
            new Factor(times(all, in), times(in, 1), true),
            new Factor(times(h, in), times(in, 1), true),
            times(all, h),
            times(h, 1))
        .record(
            to,
            new Product.Call(
                1,
                Rows.shared(inputs),
                loopData.theta().from(chain.layers().get(0).weight()),
                Rows.shared(into),
                Rows.NONE,
                1f,
                false));
  }

  /** Scalar products of a task's examples with those of its support set. */
  private void pairs(Recording to, long inputs, int rows, long support, long into) {
    int in = chain.inputs();
    product(
            new Factor(times(rows, in), times(in, 1), true),
            new Factor(times(n, in), times(in, 1), true),
            times(rows, n),
            times(n, 1))
        .record(
            to,
            new Product.Call(
                tasks,
                new Rows(inputs, (long) rows * in),
                new Rows(support, (long) n * in),
                new Rows(into, (long) rows * n),
                Rows.NONE,
                1f,
                false));
  }

  private void loop(Recording to, EpisodeBuffer from) {
    ParameterBlock block =
        new ParameterBlock()
            .pointer(loopData.theta().data())
            .pointer(gram)
            .pointer(first)
            .pointer(cross)
            .pointer(firstQuery);
    from.support(0).plainTargets(block);
    from.query(0).plainTargets(block);
    block
        .pointer(loopData.tensorSteps())
        .pointer(rest.data())
        .pointer(delta)
        .pointer(deltaQuery)
        .pointer(scratch)
        .wide(scratchTask)
        .pointer(outcome.losses().data())
        .pointer(health.notFinite())
        .number(chain.layers().size())
        .number(chain.inputs());
    each(block, DenseLayer::width);
    each(block, DenseLayer::weight);
    each(block, DenseLayer::bias);
    each(block, layer -> layer.function() == Function.TANH ? 1 : 0);
    for (int l = 0; l < DenseChain.MOST_LAYERS; l++) {
      block.real(l < chain.layers().size() ? Stage.slope(chain.layers().get(l).function()) : 0f);
    }
    block
        .number(n)
        .number(m)
        .number(shape.loop().steps())
        .number(
            switch (shape.rule()) {
              case REPTILE -> 0;
              case FIRST_ORDER -> 1;
              case SECOND_ORDER -> 2;
            })
        .flag(circuit.network.head() == Head.SOFTMAX_CROSS_ENTROPY);
    to.launch("dense_task", tasks, THREADS, chain.sharedBytes(), block);
  }

  private void each(ParameterBlock block, ToIntFunction<DenseLayer> of) {
    for (int l = 0; l < DenseChain.MOST_LAYERS; l++) {
      block.number(l < chain.layers().size() ? of.applyAsInt(chain.layers().get(l)) : 0);
    }
  }

  /** Sums of XᵀD over the healthy tasks of each chunk, as the first layer's weights lie. */
  private void outer(Recording to, long inputs, int rows, long deltas, boolean keep, float scale) {
    int h = chain.width();
    int in = chain.inputs();
    int depth = SickEpisodes.CHUNK * rows;
    int length = Math.multiplyExact(health.chunks(), depth);
    ParameterBlock block =
        new ParameterBlock()
            .pointer(health.healthy())
            .pointer(health.count())
            .pointer(inputRows)
            .pointer(deltaRows)
            .number(rows)
            .number(in)
            .number(h)
            .number(tasks)
            .number(length);
    to.each("dense_rows", 1, length, block);
    product(
            new Factor(times(h, 1), deltaRows, depth, depth, false),
            new Factor(times(in, 1), inputRows, depth, depth, false),
            times(h, in),
            times(in, 1))
        .record(
            to,
            new Product.Call(
                health.chunks(),
                Rows.shared(deltas),
                Rows.shared(inputs),
                new Rows(partial, (long) h * in),
                Rows.NONE,
                scale,
                keep));
  }

  private Product product(Factor a, Factor b, int[] rows, int[] columns) {
    return new Product(circuit.tables(), a, b, rows, columns);
  }

  private static int[] times(int count, int step) {
    return DenseShape.times(count, step);
  }
}
