package io.engram.client;

import io.engram.core.task.Task;
import io.engram.engine.fused.FusedEngine;
import io.engram.model.UnreadableVersionException;
import io.engram.schemas.Assembly;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Studies versions for people: how they adapt to the newest tasks of the log, and where these lie among each other. It computes on the
 * caller's thread, one core. For one thread.
 */
public final class VersionStudy implements AutoCloseable {

  private static final Duration NO_LIMIT = Duration.ofDays(1);

  private final StudyConfig config;
  private final TaskSample sample;

  private VersionStudy(StudyConfig config, TaskSample sample) {
    this.config = config;
    this.sample = sample;
  }

  /**
   * Opens a consumer.
   *
   * @param tasks name of the topic of tasks
   * @param kafka properties of the consumer; {@code bootstrap.servers} at least
   */
  public static VersionStudy open(String tasks, Map<String, Object> kafka, StudyConfig config) {
    ExaminerConfig newest = new ExaminerConfig(config.tasks(), 1, config.maxBytes(), NO_LIMIT);
    return new VersionStudy(config, new TaskSample(tasks, kafka, newest));
  }

  /**
   * Studies a version.
   *
   * @throws UnreadableVersionException if it cannot be used
   */
  public Study study(Assembly.Complete version) {
    return study(version, sample.tasks(), config);
  }

  /** The same, on tasks at hand, the oldest first. */
  static Study study(Assembly.Complete version, List<Task> tasks, StudyConfig config) {
    List<Task> newestFirst = new ArrayList<>(tasks);
    Collections.reverse(newestFirst);
    Model model = Model.read(version, Instant.EPOCH, Instant.EPOCH);
    try (Workbenches benches = new Workbenches(new FusedEngine(1))) {
      return new Studying(benches, model, config).of(newestFirst);
    }
  }

  @Override
  public void close() {
    sample.close();
  }
}
