package io.engram.learner.agent;

import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.tasks.Inheritance;
import io.engram.core.meta.InnerSteps;
import io.engram.model.Measure;
import io.engram.model.Metric;
import io.engram.model.VersionCodec;
import io.engram.model.VersionTensor;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.PartitionOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads out of a published version what a learner can go on from. */
final class ChampionReader {

  private static final double UNKNOWN_SURPRISE = 0.5;

  private final TaskSettings settings;
  private final ModelManifest manifest;
  private final Map<VersionTensor, float[]> tensors;

  ChampionReader(TaskSettings settings, Candidate champion) {
    this.settings = settings;
    this.manifest = champion.manifest();
    this.tensors = VersionCodec.tensors(manifest, champion.parameters());
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
    require(
        "inner step sizes",
        tensors.containsKey(VersionTensor.STEP_SIZES) ? "learned" : "fixed",
        learned);
    require(
        "standardise",
        Boolean.toString(tensors.containsKey(VersionTensor.INPUT_MEAN)),
        Boolean.toString(settings.standardise()));
    Map<Integer, Long> offsets = new HashMap<>();
    for (PartitionOffset offset : manifest.getLineage().getOffsets()) {
      offsets.put(offset.getPartition(), offset.getOffset());
    }
    return new Inheritance(
        new Inheritance.Model(
            tensor(VersionTensor.PARAMETERS),
            tensors.getOrDefault(VersionTensor.STEP_SIZES, new float[0]),
            manifest.getClasses(),
            columns(VersionTensor.INPUT_MEAN, VersionTensor.INPUT_SCALE),
            columns(VersionTensor.TARGET_MEAN, VersionTensor.TARGET_SCALE)),
        new Inheritance.Past(
            offsets,
            groups,
            manifest.getLineage().getTasks(),
            manifest.getLineage().getMetaUpdates(),
            manifest.getCreatedAt().toEpochMilli()),
        (float) surprise());
  }

  private float[] tensor(VersionTensor tensor) {
    float[] values = tensors.get(tensor);
    if (values == null) {
      throw new IllegalStateException("the champion has no tensor '" + tensor.wireName() + "'");
    }
    return values;
  }

  private Inheritance.@Nullable Columns columns(VersionTensor mean, VersionTensor scale) {
    float[] means = tensors.get(mean);
    return means == null ? null : new Inheritance.Columns(means, tensor(scale));
  }

  /** 1 − accuracy, or error against that of the untrained parameters, over the version's last window. */
  private double surprise() {
    double surprise =
        Measure.of(manifest.getLabelSpace())
            .surprise(Metric.PREQUENTIAL.in(manifest), Metric.UNTRAINED.in(manifest));
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
