package io.engram.engine.cuda;

import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.task.Episode;
import io.engram.engine.cuda.device.Device;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A meta-gradient of one shape: θ and episodes go in, ∂θ comes out, in one sequence of commands. */
final class MetaPlan implements AutoCloseable {

  private final Arena arena;
  private final LoopData loopData;
  private final EpisodeBuffer episodes;
  private final Outcome outcome;
  private final Device.@Nullable Sequence sequence;

  /**
   * Makes room and records.
   *
   * @param device null to count only, see {@link #bytes()}
   * @param together how many tasks go through the network at once at most
   */
  MetaPlan(Circuit circuit, MetaShape shape, @Nullable Device device, int together) {
    Closing closing = new Closing();
    try {
      this.arena = closing.on(new Arena(device));
      this.loopData = closing.on(new LoopData(circuit, shape.loop(), device));
      this.episodes = closing.on(new EpisodeBuffer(circuit, shape, device));
      this.outcome = closing.on(new Outcome(circuit, shape, device));
      Contributions contributions =
          contributions(circuit, shape, arena, loopData, outcome, together);
      Recording to = new Recording();
      if (device != null) {
        to.add(loopData.upload());
        to.add(episodes.upload());
      }
      contributions.record(to, episodes);
      if (device != null) {
        to.add(outcome.download());
      }
      this.sequence = device == null ? null : device.sequence(to.commands(), List.of());
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  /** The quickest way for a shape. */
  static Contributions contributions(
      Circuit circuit,
      MetaShape shape,
      Arena arena,
      LoopData loopData,
      Outcome outcome,
      int together) {
    DenseChain chain = DenseChain.of(circuit, shape);
    return chain == null
        ? new LayerwiseContributions(circuit, shape, together, arena, loopData, outcome)
        : new DenseContributions(circuit, chain, shape, arena, loopData, outcome);
  }

  /** Memory on the card. */
  long bytes() {
    return arena.bytes() + loopData.bytes() + episodes.bytes() + outcome.bytes();
  }

  /** Hands the arguments over and starts. */
  void start(float[] theta, List<Episode> batch, Groups groups, MetaObjective objective) {
    loopData.put(theta, objective.loop());
    episodes.put(batch, groups, objective.stepWeights());
    if (sequence != null) {
      sequence.start();
    }
  }

  /** Takes the results of what was started, once the device has been awaited. */
  void finish(Groups groups, MetaGradient gradient) {
    outcome.store(groups, gradient);
  }

  @Override
  public void close() {
    if (sequence != null) {
      sequence.close();
    }
    arena.close();
    loopData.close();
    episodes.close();
    outcome.close();
  }
}
