package io.engram.learner.agent;

import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.tasks.Inheritance;
import io.engram.core.meta.InnerSteps;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.PartitionOffset;
import io.engram.schemas.avro.Tensor;
import io.engram.schemas.avro.TensorEntry;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads out of a published version what a learner can go on from. */
final class ChampionReader {

  private static final double UNKNOWN_SURPRISE = 0.5;

  private final TaskSettings settings;
  private final ModelManifest manifest;
  private final Map<String, float[]> tensors = new HashMap<>();

  ChampionReader(TaskSettings settings, Candidate champion) {
    this.settings = settings;
    this.manifest = champion.manifest();
    for (TensorEntry entry : manifest.getTensors()) {
      int bytes =
          Tensors.elements(entry.getShape()) * Tensors.bytesPerElement(entry.getElementType());
      ByteBuffer data =
          ByteBuffer.wrap(champion.parameters(), (int) entry.getByteOffset(), bytes).slice();
      tensors.put(
          entry.getName(),
          Tensors.floats(new Tensor(entry.getElementType(), entry.getShape(), data)));
    }
  }

  /**
   * What it knows.
   *
   * @param groups beyond those of every candidate
   * @throws IllegalStateException if the configuration's learner could not go on from it
   */
  Inheritance read(long groups) {
    require("network", manifest.getNetwork(), settings.network().toString());
    String learned = settings.meta().learned() == InnerSteps.FIXED ? "fixed" : "learned";
    require("inner step sizes", tensors.containsKey("stepSizes") ? "learned" : "fixed", learned);
    require(
        "standardise",
        Boolean.toString(tensors.containsKey("inputMean")),
        Boolean.toString(settings.standardise()));
    Map<Integer, Long> offsets = new HashMap<>();
    for (PartitionOffset offset : manifest.getLineage().getOffsets()) {
      offsets.put(offset.getPartition(), offset.getOffset());
    }
    return new Inheritance(
        tensor("parameters"),
        tensors.getOrDefault("stepSizes", new float[0]),
        manifest.getClasses(),
        columns("input"),
        columns("target"),
        offsets,
        groups,
        manifest.getLineage().getTasks(),
        manifest.getLineage().getMetaUpdates(),
        manifest.getCreatedAt().toEpochMilli(),
        (float) surprise());
  }

  private float[] tensor(String name) {
    float[] values = tensors.get(name);
    if (values == null) {
      throw new IllegalStateException("the champion has no tensor '" + name + "'");
    }
    return values;
  }

  private Inheritance.@Nullable Columns columns(String of) {
    float[] mean = tensors.get(of + "Mean");
    return mean == null ? null : new Inheritance.Columns(mean, tensor(of + "Scale"));
  }

  /** 1 − accuracy, or error against that of the untrained parameters, over the version's last window. */
  private double surprise() {
    double score = manifest.getMetrics().getOrDefault("prequential.window", Double.NaN);
    double untrained = manifest.getMetrics().getOrDefault("prequential.untrained", Double.NaN);
    boolean classification = !manifest.getLabelSpace().name().equals("NONE");
    double surprise = classification ? 1 - score : score / untrained;
    return surprise >= 0 && surprise <= 1 ? surprise : UNKNOWN_SURPRISE;
  }

  private void require(String what, String found, String wanted) {
    if (!found.equals(wanted)) {
      throw new IllegalStateException(
          ("the store is empty and the champion of model '%s' (version %d) has %s [%s], the configuration says [%s]; "
                  + "go back to the champion's, choose another name with learner.model, or begin anew with learner.rebuild=false")
              .formatted(manifest.getModelName(), manifest.getVersion(), what, found, wanted));
    }
  }
}
