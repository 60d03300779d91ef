package io.engram.engine.cuda;

import io.engram.engine.cuda.Operation.Sink;
import io.engram.engine.cuda.Operation.Sweep;
import io.engram.engine.cuda.device.ParameterBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records the inner loop of tasks of one size, side by side: φ₀ = θ, φ₁, …, φ_K. Keeps the newest φ alone, or for the way back all of them
 * with what their sweeps left behind.
 */
final class InnerSweeps {

  private final Circuit circuit;
  private final Sweeps sweeps;
  private final Loop loop;
  private final Keep keep;
  private final List<Frame> frames = new ArrayList<>();
  private final List<Rows> points = new ArrayList<>();
  private final List<Rows> gradients = new ArrayList<>();
  private final long losses;

  /** What is wanted after the loop. */
  record Keep(boolean points, boolean gradients) {}

  /** Whose loop it is: tasks {@code first} … of a group, their data, and Adam's moments, one pair for each task. */
  record Run(
      int first, int tasks, SetData support, RowChoice rows, @Nullable Rows m, @Nullable Rows v) {}

  InnerSweeps(Circuit circuit, Arena arena, Loop loop, Keep keep, int tasks, int support) {
    this.circuit = circuit;
    this.sweeps = new Sweeps(circuit);
    this.loop = loop;
    this.keep = keep;
    int examples = loop.examples(support);
    for (int k = 0; k < (keep.points() ? Math.max(1, loop.steps()) : 1); k++) {
      Frame shared = k > 0 && loop.batch() == 0 ? frames.get(0) : null;
      frames.add(Frame.of(circuit, arena, tasks, examples, shared));
      points.add(arena.rows(tasks, circuit.parameters()));
    }
    for (int k = 0; k < (keep.gradients() ? Math.max(1, loop.steps()) : 1); k++) {
      gradients.add(arena.rows(tasks, circuit.parameters()));
    }
    this.losses = arena.floats(tasks);
  }

  /** φ_k; all but the last only if points were kept. */
  Rows point(LoopData data, int k) {
    return k == 0 ? data.theta() : points.get(keep.points() ? k - 1 : 0);
  }

  /** The sweep at φ_k, if points were kept. */
  Frame frame(int k, int tasks) {
    return frames.get(keep.points() ? k : 0).of(tasks);
  }

  /** ∇L_support(φ_k), if gradients were kept. */
  Rows gradient(int k) {
    return gradients.get(keep.gradients() ? k : 0);
  }

  /** [tasks] mean losses of the support batch at the last step, before it; of the whole set at θ if there are no steps. */
  long losses() {
    return losses;
  }

  /** The examples of step {@code k}. */
  Sweeps.Examples examples(Run run, int k) {
    RowChoice rows =
        loop.batch() == 0
            ? RowChoice.ALL
            : new RowChoice(run.rows().address() + 4L * k * loop.batch(), run.rows().taskStride());
    return new Sweeps.Examples(run.support(), run.first(), rows);
  }

  /**
   * Writes the commands.
   *
   * @param exact whether the errors of every layer are wanted, though not all of them move
   */
  void record(Recording to, LoopData data, Run run, boolean exact) {
    startMoments(to, data, run);
    for (int k = 0; k < loop.steps(); k++) {
      Frame frame = frame(k, run.tasks());
      Sweep sweep = new Sweep(to, frame, point(data, k));
      Sweeps.Examples examples = examples(run, k);
      if (k == 0 || loop.batch() > 0) {
        load(to, run, examples, frame);
      }
      boolean sameBelow = k > 0 && loop.headOnly() && loop.batch() == 0 && !keep.points();
      sweeps.forward(sweep, sameBelow ? circuit.head() : 0);
      sweeps.loss(sweep, examples, losses);
      int last = loop.headOnly() && !exact ? circuit.head() : circuit.firstTrainable();
      sweeps.backward(sweep, new Sink(gradient(k), 1f, false), last);
      step(to, data, run, k);
    }
    if (loop.steps() == 0) {
      Frame frame = frame(0, run.tasks());
      Sweep sweep = new Sweep(to, frame, data.theta());
      Sweeps.Examples examples = examples(run, 0);
      load(to, run, examples, frame);
      sweeps.forward(sweep, 0);
      sweeps.loss(sweep, examples, losses);
    }
  }

  private void load(Recording to, Run run, Sweeps.Examples examples, Frame frame) {
    run.support()
        .load(to, run.first(), run.tasks(), examples.rows(), frame.values()[0], frame.examples());
    sweeps.loaded(to, frame);
  }

  private void startMoments(Recording to, LoopData data, Run run) {
    if (loop.adam() != null && run.m() != null && run.v() != null) {
      boolean started = loop.adam().started();
      int parameters = circuit.parameters();
      to.copy(run.tasks(), started ? data.first() : Rows.NONE, run.m(), parameters);
      to.copy(run.tasks(), started ? data.second() : Rows.NONE, run.v(), parameters);
    }
  }

  private void step(Recording to, LoopData data, Run run, int k) {
    ParameterBlock block = point(data, k).to(new ParameterBlock());
    gradient(k).to(block);
    point(data, k + 1).to(block);
    if (loop.adam() != null && run.m() != null && run.v() != null) {
      run.m().to(block);
      run.v().to(block);
      Loop.AdamSettings adam = loop.adam();
      block
          .pointer(data.moves())
          .pointer(data.corrections(k))
          .real(adam.beta1())
          .real(adam.beta2())
          .real(adam.stepSize())
          .real(adam.epsilon())
          .number(circuit.parameters());
      to.sweep("descend_adam", run.tasks(), circuit.parameters(), block);
    } else {
      block.pointer(data.steps(k)).number(circuit.parameters());
      to.sweep("descend", run.tasks(), circuit.parameters(), block);
    }
  }
}
