package io.engram.engine.fused;

import io.engram.core.compute.episode.HeadFit;
import io.engram.core.task.Episode;
import org.jspecify.annotations.Nullable;

/** One worker's episodes where the last layer is fitted in closed form: φ, and the exact gradient back through the fit. */
final class HeadLearner implements AutoCloseable {

  private final Circuit circuit;
  private final int head;
  private final Batch support;
  private final Batch query;
  private final Parameters phi;
  private final Parameters cotangent;
  private final Sink sink;
  private @Nullable Pass supportPass;
  private @Nullable Pass queryPass;
  private @Nullable HeadFit rule;
  private @Nullable FittedHead fitted;

  HeadLearner(Circuit circuit) {
    this.circuit = circuit;
    this.head = circuit.head();
    this.support = new Batch(circuit);
    this.query = new Batch(circuit);
    this.phi = new Parameters(circuit.parameters);
    this.cotangent = new Parameters(circuit.parameters);
    this.sink = new Sink(circuit.parameters.tensorCount());
  }

  /**
   * Writes φ: θ, but for the last layer.
   *
   * @param own [trainable parameters] in the engine's order
   */
  void adapt(HeadFit fit, Recipe recipe, Episode episode, float[] own) {
    fit(fit, recipe, episode);
    phi.store(own);
  }

  /**
   * Writes ∇_θ L_query(φ(θ)): what the query set says of the layers before the last directly, and what it says of the last, pulled back
   * to the support set's embeddings and through them.
   *
   * @param theta [trainable parameters] in the engine's order
   * @return L_query(φ)
   */
  double contribute(HeadFit fit, Recipe recipe, Episode episode, float[] theta) {
    FittedHead last = fit(fit, recipe, episode);
    query.load(episode.query());
    Pass pass = queryPass == null ? new Pass(circuit, query) : queryPass;
    queryPass = pass;
    pass.forward(query, phi);
    double loss = pass.backward(phi, sink.storeIn(cotangent), circuit.firstTrainable());
    pullBack(last);
    cotangent.store(theta);
    return loss;
  }

  private FittedHead fit(HeadFit fit, Recipe recipe, Episode episode) {
    FittedHead last = fitted(fit);
    phi.load(recipe.theta());
    support.load(episode.support());
    Pass pass = supportPass();
    pass.forwardUntil(support, phi, head);
    Dense layer = layer();
    float[] bias = phi.tensor(layer.bias()).updateHeap();
    float[] weight = phi.tensor(layer.weight()).writeHeap(layer.outputs() * layer.inputs());
    last.fit(pass.frame(head).value.readHeap(), support, weight, bias);
    return last;
  }

  private void pullBack(FittedHead last) {
    Dense layer = layer();
    Pass pass = supportPass();
    Frame embeddings = pass.frame(head);
    last.pullBack(
        embeddings.value.readHeap(),
        support,
        cotangent.tensor(layer.weight()).updateHeap(),
        cotangent.tensor(layer.bias()).updateHeap(),
        embeddings.gradient.writeHeap(support.size() * layer.inputs()));
    pass.backwardFrom(head, phi, sink.addTo(cotangent, 1f), circuit.firstTrainable());
  }

  private FittedHead fitted(HeadFit fit) {
    FittedHead last = fitted;
    if (last == null || !fit.equals(rule)) {
      last = FittedHead.of(fit, layer(), circuit.network.head());
      fitted = last;
      rule = fit;
    }
    return last;
  }

  private Dense layer() {
    return (Dense) circuit.operation(head);
  }

  private Pass supportPass() {
    Pass pass = supportPass == null ? new Pass(circuit, support) : supportPass;
    supportPass = pass;
    return pass;
  }

  @Override
  public void close() {
    support.close();
    query.close();
    phi.close();
    cotangent.close();
    if (supportPass != null) {
      supportPass.close();
    }
    if (queryPass != null) {
      queryPass.close();
    }
  }
}
