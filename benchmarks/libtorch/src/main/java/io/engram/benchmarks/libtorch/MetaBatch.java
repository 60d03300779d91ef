package io.engram.benchmarks.libtorch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** One meta-batch with autograd: adapt on the support set, then what the rule asks for. */
@SuppressWarnings({
  "try",
  "UnsafeFinalization"
}) // scopes and guards work by being open; see Network
final class MetaBatch {

  private static final int STEPS = 5;
  private static final float STEP_SIZE = 0.01f;

  private final Network network;
  private final int tasks;
  private final boolean batched;
  private final List<Tensor> theta;
  private final Tensor inputs;
  private final Tensor targets;

  MetaBatch(Network network, int tasks, int examples, boolean batched) {
    this.network = network;
    this.tasks = tasks;
    this.batched = batched;
    int stacked = batched ? tasks : 0;
    this.theta = network.parameters(stacked);
    this.inputs = network.examples(stacked, examples);
    this.targets = network.targets(stacked, examples);
  }

  /** Number of pieces {@link #run} can be asked for: tasks, or 1 where they are batched. */
  int pieces() {
    return batched ? 1 : tasks;
  }

  void run(String rule) {
    try (PointerScope scope = new PointerScope()) {
      boolean exact = rule.equals("maml");
      List<Tensor> phi = new ArrayList<>();
      for (Tensor tensor : theta) {
        phi.add(tensor.clone().requires_grad_());
      }
      List<Tensor> start = phi;
      for (int step = 0; step < STEPS; step++) {
        phi = descend(phi, gradient(phi, phi, exact), exact);
      }
      if (rule.equals("fomaml")) {
        gradient(phi, phi, false);
      } else if (exact) {
        gradient(phi, start, false);
      }
    }
  }

  private TensorVector gradient(List<Tensor> at, List<Tensor> of, boolean keepGraph) {
    Tensor loss = network.loss(at, inputs, targets, batched ? tasks : 0);
    return torch.grad(
        new TensorVector(loss),
        new TensorVector(of.toArray(new Tensor[0])),
        new TensorVector(),
        new BoolOptional(keepGraph),
        keepGraph,
        false);
  }

  private static List<Tensor> descend(List<Tensor> phi, TensorVector gradient, boolean keepGraph) {
    if (keepGraph) {
      List<Tensor> next = new ArrayList<>();
      for (int i = 0; i < phi.size(); i++) {
        next.add(phi.get(i).sub(gradient.get(i), new Scalar(STEP_SIZE)));
      }
      return next;
    }
    try (NoGradGuard guard = new NoGradGuard()) {
      for (int i = 0; i < phi.size(); i++) {
        phi.get(i).sub_(gradient.get(i), new Scalar(STEP_SIZE));
      }
    }
    return phi;
  }
}
