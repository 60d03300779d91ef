package io.engram.core.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The policies of the episodic memory that are on the class path. */
public final class MemoryPolicies {

  private MemoryPolicies() {}

  /**
   * What a full memory may keep: ours, then those that were added.
   *
   * @throws IllegalStateException if one of them cannot be loaded
   */
  public static List<RetentionPolicy> retentions() {
    List<RetentionPolicy> all = new ArrayList<>(List.of(Retention.values()));
    all.addAll(added(RetentionPolicy.class));
    return all;
  }

  /**
   * Draws for replay that were added.
   *
   * @throws IllegalStateException if one of them cannot be loaded
   */
  public static List<ReplayDraw> addedDraws() {
    return added(ReplayDraw.class);
  }

  private static <T> List<T> added(Class<T> policy) {
    try {
      return ServiceLoader.load(policy).stream().map(ServiceLoader.Provider::get).toList();
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new IllegalStateException(
          "a %s on the class path cannot be loaded: %s; take its jar away, or add what it needs"
              .formatted(policy.getSimpleName(), e.getMessage()),
          e);
    }
  }
}
