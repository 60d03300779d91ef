package io.engram.engine.cuda;

import io.engram.core.compute.episode.MetaRule;
import io.engram.engine.cuda.MetaShape.Alpha;
import io.engram.engine.cuda.Operation.Direction;
import io.engram.engine.cuda.Operation.Sink;
import io.engram.engine.cuda.Operation.Sweep;
import io.engram.engine.cuda.device.ParameterBlock;
import org.jspecify.annotations.Nullable;

/** Records what episodes of one size contribute to ∂θ and ∂α, after their inner loop. */
final class OuterSweeps {

  private final Circuit circuit;
  private final Sweeps sweeps;
  private final MetaShape shape;
  private final InnerSweeps inner;
  private final @Nullable Frame query;
  private final @Nullable Frame tangents;
  private final Rows direction;
  private final Rows queryGradient;

  /**
   * Where the contributions of the tasks go, each beginning with the first task's.
   *
   * @param theta [tasks][parameters] ∂θ
   * @param alpha [tasks][step sizes] ∂α
   * @param losses [tasks]
   * @param stepWeights address of the weights of the losses after each step
   */
  record Into(Rows theta, Rows alpha, Rows losses, long stepWeights) {}

  OuterSweeps(
      Circuit circuit,
      Arena arena,
      MetaShape shape,
      InnerSweeps inner,
      GroupShape group,
      int tasks) {
    this.circuit = circuit;
    this.sweeps = new Sweeps(circuit);
    this.shape = shape;
    this.inner = inner;
    boolean queries = shape.rule() != MetaRule.REPTILE;
    boolean exact = shape.exact() && shape.loop().steps() > 0;
    this.query = queries ? Frame.of(circuit, arena, tasks, group.query(), null) : null;
    this.tangents =
        exact
            ? Frame.of(circuit, arena, tasks, shape.loop().examples(group.support()), null)
            : null;
    this.direction = exact ? arena.rows(tasks, circuit.parameters()) : Rows.NONE;
    this.queryGradient = shape.weighted() ? arena.rows(tasks, circuit.parameters()) : Rows.NONE;
  }

  /** Writes the commands, the inner loop's first. */
  void record(Recording to, LoopData data, InnerSweeps.Run run, SetData queries, Into into) {
    inner.record(to, data, run, shape.exact());
    if (shape.rule() == MetaRule.REPTILE) {
      reptile(to, data, run, into);
    } else if (shape.weighted()) {
      weighted(to, data, run, queries, into);
    } else {
      maml(to, data, run, queries, into);
    }
  }

  /** θ − φ_K (Nichol et al. 2018, algorithm 1). */
  private void reptile(Recording to, LoopData data, InnerSweeps.Run run, Into into) {
    ParameterBlock block = new ParameterBlock().pointer(data.theta().data());
    inner.point(data, shape.loop().steps()).to(block);
    into.theta().to(block).number(circuit.parameters());
    to.sweep("displacement", run.tasks(), circuit.parameters(), block);
    to.copy(run.tasks(), new Rows(inner.losses(), 1), into.losses(), 1);
  }

  /**
   * ∇L_query(φ_K), and for exact second order back through the inner loop (Finn et al. 2017, eq. 1): v_K = ∇L_query(φ_K), ∂α_k =
   * −∇L(φ_k)∘v_{k+1}, v_k = v_{k+1} − ∇²L(φ_k)·(α∘v_{k+1}).
   */
  private void maml(Recording to, LoopData data, InnerSweeps.Run run, SetData queries, Into into) {
    int steps = shape.loop().steps();
    Frame frame = queryFrame(run.tasks());
    Sweeps.Examples examples = load(to, run, queries, frame);
    query(new Sweep(to, frame, inner.point(data, steps)), examples, into, into.theta());
    for (int k = steps - 1; k >= 0; k--) {
      stepSizes(to, data, run, k, into);
      if (shape.exact()) {
        back(to, data, run, k, into);
      }
    }
  }

  /** The same of Σ_k w_k·L_query(φ_k) (Antoniou et al. 2019, section 4): the cotangent takes up each gradient where it passes. */
  private void weighted(
      Recording to, LoopData data, InnerSweeps.Run run, SetData queries, Into into) {
    to.copy(run.tasks(), Rows.NONE, into.theta(), circuit.parameters());
    Frame frame = queryFrame(run.tasks());
    Sweeps.Examples examples = load(to, run, queries, frame);
    Into before = new Into(into.theta(), into.alpha(), new Rows(inner.losses(), 1), 0);
    for (int k = shape.loop().steps(); k > 0; k--) {
      Sweep sweep = new Sweep(to, frame, inner.point(data, k));
      query(sweep, examples, k == shape.loop().steps() ? into : before, queryGradient);
      long weight = into.stepWeights() + 4L * (k - 1);
      to.add(run.tasks(), queryGradient, into.theta(), circuit.parameters(), weight);
      stepSizes(to, data, run, k - 1, into);
      if (shape.exact()) {
        back(to, data, run, k - 1, into);
      }
    }
  }

  private Sweeps.Examples load(Recording to, InnerSweeps.Run run, SetData queries, Frame frame) {
    Sweeps.Examples examples = new Sweeps.Examples(queries, run.first(), RowChoice.ALL);
    queries.load(to, run.first(), run.tasks(), RowChoice.ALL, frame.values()[0], frame.examples());
    sweeps.loaded(to, frame);
    return examples;
  }

  private void query(Sweep sweep, Sweeps.Examples examples, Into into, Rows gradient) {
    sweeps.forward(sweep, 0);
    sweeps.loss(sweep, examples, into.losses().data());
    sweeps.backward(sweep, new Sink(gradient, 1f, false), circuit.firstTrainable());
  }

  private void back(Recording to, LoopData data, InnerSweeps.Run run, int k, Into into) {
    if (tangents == null) {
      throw new IllegalStateException("this plan has no room for tangents");
    }
    ParameterBlock block = Rows.NONE.to(new ParameterBlock());
    into.theta().to(block);
    direction.to(block).pointer(data.steps(k)).number(circuit.parameters());
    to.sweep("descend", run.tasks(), circuit.parameters(), block);
    int first = shape.loop().headOnly() ? circuit.head() : circuit.firstTrainable();
    sweeps.hessianProduct(
        new Sweep(to, inner.frame(k, run.tasks()), inner.point(data, k)),
        inner.examples(run, k),
        new Direction(direction, tangents, first),
        new Sink(into.theta(), -1f, true));
  }

  private void stepSizes(Recording to, LoopData data, InnerSweeps.Run run, int k, Into into) {
    if (shape.alpha() == Alpha.NONE) {
      return;
    }
    int tensors = circuit.layout().tensors().size();
    boolean perTensor = shape.alpha() == Alpha.PER_TENSOR;
    ParameterBlock block = inner.gradient(k).to(new ParameterBlock());
    into.theta().to(block);
    (perTensor ? into.alpha().from(k * tensors) : into.alpha())
        .to(block)
        .pointer(data.moves())
        .pointer(perTensor ? bounds() : 0)
        .number(circuit.parameters())
        .number(perTensor ? tensors : 1);
    if (shape.alpha() == Alpha.PER_PARAMETER) {
      to.sweep("step_gradient_each", run.tasks(), circuit.parameters(), block);
    } else {
      int blocks = perTensor ? tensors : 1;
      to.each("step_gradient_sums", run.tasks(), 256L * blocks, block);
    }
  }

  private long bounds() {
    int[] bounds =
        circuit.layout().tensors().stream()
            .flatMapToInt(t -> java.util.stream.IntStream.of(t.offset(), t.end()))
            .toArray();
    return circuit.tables().of(bounds);
  }

  private Frame queryFrame(int tasks) {
    if (query == null) {
      throw new IllegalStateException("this plan has no room for query sets");
    }
    return query.of(tasks);
  }
}
