package io.engram.model;

import io.engram.core.learning.Scale;
import io.engram.core.network.Head;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.ModelManifest;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a version that could be read makes sense: whether its outputs stand for something, and its scales scale. */
public final class SoundVersion {

  private SoundVersion() {}

  /**
   * Looks at a version.
   *
   * @return the version
   * @throws UnreadableVersionException if it makes none
   */
  public static Version require(ModelManifest manifest, Version version) {
    requireLabels(manifest, version);
    requireScale(manifest, VersionTensor.INPUT_SCALE, version.weights().inputs());
    requireScale(manifest, VersionTensor.TARGET_SCALE, version.weights().targets());
    return version;
  }

  private static void requireLabels(ModelManifest manifest, Version version) {
    LabelSpace space = version.labels().space();
    boolean numbers = version.network().head() == Head.MEAN_SQUARED_ERROR;
    if (numbers != (space == LabelSpace.NONE)) {
      throw new UnreadableVersionException(
          manifest,
          "its network ends in %s, but its label space is %s"
              .formatted(version.network().head(), space));
    }
    if (space == LabelSpace.GLOBAL) {
      List<String> classes = version.labels().classes();
      int distinct = new HashSet<>(classes).size();
      if (distinct != classes.size()
          || classes.isEmpty()
          || classes.size() > version.network().outputs()) {
        throw new UnreadableVersionException(
            manifest,
            "its %d outputs stand for %d classes by %d names"
                .formatted(version.network().outputs(), classes.size(), distinct));
      }
    }
  }

  private static void requireScale(
      ModelManifest manifest, VersionTensor tensor, @Nullable Scale scale) {
    if (scale == null) {
      return;
    }
    float[] deviation = scale.deviation();
    for (int j = 0; j < deviation.length; j++) {
      if (!(deviation[j] > 0)) {
        throw new UnreadableVersionException(
            manifest,
            "its tensor '%s' has %s at index %d, expected a number above 0"
                .formatted(tensor.wireName(), deviation[j], j));
      }
    }
  }
}
