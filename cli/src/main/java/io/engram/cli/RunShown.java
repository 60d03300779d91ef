package io.engram.cli;

import io.engram.cli.ops.PartHealth;
import io.engram.cli.pipeline.Pipeline;
import io.engram.cli.view.RejectedBy;
import io.engram.cli.view.RunStatus;
import io.engram.core.evaluation.ScoreColumn;
import io.engram.learner.Learned;
import io.engram.modelregistry.page.Live;
import io.engram.modelregistry.page.PipelineStatus;
import io.engram.modelregistry.page.PipelineWatch;
import io.engram.modelregistry.page.Progress;
import io.engram.modelregistry.page.Rejected;
import io.engram.modelregistry.page.RoleState;
import io.engram.modelregistry.page.Score;
import io.engram.predict.PredictStatus;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run as its page shows it: what was seen last of it, by the one thread that looks. */
final class RunShown implements PipelineWatch {

  private volatile PipelineStatus seen = PipelineStatus.UNKNOWN;

  @Override
  public PipelineStatus now() {
    return seen;
  }

  /** Takes over how it goes now. */
  void see(List<PartHealth> parts, Pipeline.Lag lag, String source, RunStatus status) {
    seen =
        new PipelineStatus(
            source,
            parts.stream().map(RunShown::state).toList(),
            progress(status, lag),
            status.scores().measure().key(),
            window(status),
            rejected(status.rejectedBy()),
            live(status.answers()));
  }

  private static RoleState state(PartHealth part) {
    String name = part.name().replaceFirst("^the ", "");
    return new RoleState(
        name,
        switch (part.state()) {
          case WELL -> RoleState.State.RUNNING;
          case WAITING -> RoleState.State.WAITING;
          case STALLED -> RoleState.State.STALLED;
          case STOPPED -> RoleState.State.STOPPED;
        },
        part.detail());
  }

  private static Progress progress(RunStatus status, Pipeline.Lag lag) {
    Learned learned = status.learned();
    return new Progress(
        status.sent(),
        status.rejected(),
        status.open(),
        learned.tasks(),
        (long) learned.memoryTasks(),
        learned.metaUpdates(),
        known(lag.examples()),
        known(lag.tasks()));
  }

  private static List<Score> window(RunStatus status) {
    return Arrays.stream(ScoreColumn.values())
        .filter(column -> !column.aboutTheModel())
        .filter(column -> Double.isFinite(status.scores().last().of(column)))
        .map(column -> new Score(column.key(), column.words(), status.scores().last().of(column)))
        .toList();
  }

  private static List<Rejected> rejected(RejectedBy by) {
    return by.commonest().stream()
        .map(it -> new Rejected(it.getKey(), it.getValue().count(), it.getValue().first()))
        .toList();
  }

  private static @Nullable Live live(PredictStatus answers) {
    return answers.asked()
        ? new Live(
            answers.answered(),
            answers.scored(),
            Double.isFinite(answers.score()) ? answers.score() : null,
            answers.behind().stream()
                .map(it -> new Live.Behind(it.key(), it.answers(), it.score(), it.simple()))
                .toList())
        : null;
  }

  private static @Nullable Long known(long lag) {
    return lag < 0 ? null : lag;
  }
}
