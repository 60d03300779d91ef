package io.engram.cli.role;

import io.engram.cli.config.Settings;
import io.engram.schemas.Topics;

/** Key {@code topic-prefix}. */
public final class TopicSettings {

  private TopicSettings() {}

  /** The names of all topics. */
  public static Topics read(Settings settings) {
    return settings.top().parsed("topic-prefix", Topics::new);
  }
}
