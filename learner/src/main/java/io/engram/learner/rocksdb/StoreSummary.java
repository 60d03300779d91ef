package io.engram.learner.rocksdb;

import io.engram.core.learning.Progress;
import java.util.TreeMap;

/**
 * What a store holds, without the settings that are needed to learn on.
 *
 * @param format its version
 * @param progress how far its learner had come
 * @param remembered tasks, or examples of a continual learner
 */
public record StoreSummary(int format, Progress progress, int remembered) {

  @Override
  public String toString() {
    return "%d tasks learned from in %d groups, %d remembered, next offsets %s, format %d"
        .formatted(
            progress.tasks(),
            progress.groups(),
            remembered,
            new TreeMap<>(progress.nextOffsets()),
            format);
  }
}
