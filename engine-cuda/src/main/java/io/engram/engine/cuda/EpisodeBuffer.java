package io.engram.engine.cuda;

import io.engram.core.task.Episode;
import io.engram.engine.MiniBatches;
import io.engram.engine.cuda.device.Command;
import io.engram.engine.cuda.device.Device;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The episodes of a meta-batch of one shape, on both sides: their sets, and which examples each inner step sees. */
final class EpisodeBuffer implements AutoCloseable {

  private final MetaShape shape;
  private final Staging staging;
  private final List<SetData> supports = new ArrayList<>();
  private final List<SetData> queries = new ArrayList<>();
  private final List<Staging.Place> rows = new ArrayList<>();
  private final Staging.Place slots;
  private final Staging.Place stepWeights;
  private final Staging.Place outerStep;
  private final MiniBatches draw = new MiniBatches();

  EpisodeBuffer(Circuit circuit, MetaShape shape, @Nullable Device device) {
    this.shape = shape;
    this.staging = new Staging(device);
    for (GroupShape group : shape.groups()) {
      supports.add(new SetData(staging, circuit.network, group.tasks(), group.support()));
      queries.add(new SetData(staging, circuit.network, group.tasks(), group.query()));
      rows.add(staging.reserve((long) group.tasks() * drawn()));
    }
    this.slots = staging.reserve(shape.episodes());
    this.stepWeights = staging.reserve(shape.loop().steps() + 1L);
    this.outerStep = staging.reserve(1);
    staging.make();
  }

  long bytes() {
    return staging.bytes();
  }

  Command upload() {
    return staging.upload();
  }

  SetData support(int group) {
    return supports.get(group);
  }

  SetData query(int group) {
    return queries.get(group);
  }

  /** The examples that the tasks of a group see, step after step. */
  RowChoice rows(int group) {
    return new RowChoice(rows.get(group).address(), drawn());
  }

  /** [episodes] the slot of each. */
  long slots() {
    return slots.address();
  }

  /** [steps] weights of the losses after each step. */
  long stepWeights() {
    return stepWeights.address();
  }

  /** The step size of the outer step that these episodes are for. */
  long outerStep() {
    return outerStep.address();
  }

  void putOuterStep(double stepSize) {
    outerStep.floats().put((float) stepSize);
  }

  /** Writes episodes. */
  void put(List<Episode> episodes, Groups groups, float @Nullable [] weights) {
    slots.ints().put(groups.slots());
    if (weights != null) {
      stepWeights.floats().put(weights);
    }
    int slot = 0;
    for (int g = 0; g < shape.groups().size(); g++) {
      for (int t = 0; t < shape.groups().get(g).tasks(); t++) {
        put(g, t, episodes.get(groups.episodes()[slot++]));
      }
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

  /** Examples drawn for each task in an inner loop of mini-batches. */
  private int drawn() {
    return shape.loop().batch() * shape.loop().steps();
  }

  @Override
  public void close() {
    staging.close();
  }
}
