package io.engram.core.learning;

import io.engram.core.evaluation.TaskScore;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lifelong learner. Tasks are shown to it in log order; every {@code groupSize} of them make a group, which is cut by arrival and
 * never by time or poll size. A group is scored before it is learned from, and committed as one. It learns from tasks, as meta-learners do
 * ({@code tasks.TaskLearning}), or from the stream of examples in them, as continual learners do ({@code stream.StreamLearning}).
 *
 * <p>{@link #decide()} changes nothing that matters to a later one; {@link #apply} is total. Nothing of an outcome may leave the process
 * before a store has made it durable. Owned by one thread.
 *
 * @param <S> what it is between two groups
 * @param <O> what it makes of a group
 */
public final class LifelongLearner<S extends LifelongState, O extends GroupOutcome> {

  private final LifelongSettings settings;
  private final Learning<S, O> learning;
  private final Episodes episodes;
  private final TaskCheck check;

  private S state;
  private Group group;

  /**
   * A learner that goes on from a state.
   *
   * @param learning how it learns, begun at the same state
   */
  public LifelongLearner(LifelongSettings settings, S state, Learning<S, O> learning) {
    this.settings = settings;
    this.learning = learning;
    this.episodes = new Episodes(settings.labelSpace());
    this.check = new TaskCheck(settings.network());
    this.state = state;
    this.group = new Group(settings, state.standing());
  }

  /** The state after the last applied group. */
  public S state() {
    return state;
  }

  /** Tasks that wait for their group to fill, oldest first. */
  public List<Arrival> waiting() {
    return group.arrivals();
  }

  /**
   * Shows the task at {@code position}. A record that was shown before is recognised and changes nothing.
   *
   * @param bytes its size as it came, which is what it takes of the memory
   */
  public Reception show(Task task, LogPosition position, int bytes) {
    if (group.seen(position)) {
      return new Reception.Duplicate();
    }
    Optional<String> refusal = check.refuse(task, settings.labelSpace(), group.labels());
    if (refusal.isPresent()) {
      return refuse(position, refusal.get());
    }
    LogPosition place = group.place(position);
    long seed = Seeds.derive(settings.seed(), Purpose.SCORING, place.partition(), place.offset());
    group.join(
        task, position, bytes, scales -> episodes.asArrived(task, group.labels(), scales, seed));
    return group.complete() ? new Reception.GroupComplete() : new Reception.Waiting();
  }

  /**
   * The reason to refuse a record because of its size, if there is one; asked before it is decoded.
   *
   * @param bytes its size as it came
   */
  public Optional<String> tooLarge(int bytes) {
    long most = settings.basics().limits().bytes();
    return most == 0 || bytes <= most
        ? Optional.empty()
        : Optional.of(
            "it has %d bytes, of which at most %d fit into memory beside what is learned with it; make tasks smaller, give the process more memory, or raise learner.limits.task-bytes"
                .formatted(bytes, most));
  }

  /** Whether what stands at {@code position} was shown before. */
  public boolean seen(LogPosition position) {
    return group.seen(position);
  }

  /** Moves past a record that needs nothing to be done. */
  public Reception pass(LogPosition position) {
    if (group.seen(position)) {
      return new Reception.Duplicate();
    }
    group.pass(position);
    return new Reception.Waiting();
  }

  /** Moves past a record that is no task. */
  public Reception refuse(LogPosition position, String reason) {
    if (group.seen(position)) {
      return new Reception.Duplicate();
    }
    group.refuse(position);
    return new Reception.Refused(reason);
  }

  /**
   * Ends the group with the tasks it has, be it none: a source has ended, and said so at {@code position}. What was shown before is
   * recognised and changes nothing.
   */
  public Reception end(LogPosition position) {
    if (group.seen(position)) {
      return new Reception.Duplicate();
    }
    group.end(position);
    return new Reception.GroupComplete();
  }

  /** Records refused since the last applied group. */
  public long waitingRefused() {
    return group.refused();
  }

  /** Scores of those waiting tasks that have one yet and count, oldest first. */
  public List<TaskScore> waitingScores() {
    List<TaskScore> scores = group.scores();
    List<TaskScore> count = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      if (group.arrivals().get(i).believed()) {
        count.add(scores.get(i));
      }
    }
    return count;
  }

  /**
   * Scores those waiting tasks that have no score yet, each once and by what was learned before it. Where single examples are learned from,
   * learns them too: a task is scored example by example, and what follows from that is the same whenever it is done.
   *
   * @return scores of all waiting tasks, oldest first
   */
  public List<TaskScore> takeUpWaiting() {
    learning.takeUp(state, group);
    return group.scores();
  }

  /**
   * Examines what is to be published as a version: how much it still knows of the whole past, where examples are held out for that. Becomes
   * part of the state, so that a version made again after a crash says the same. Called after a group was applied, before its commit.
   */
  public void examine() {
    state = learning.examine(state);
  }

  /**
   * Decides what follows from the complete group.
   *
   * @throws IllegalStateException if the group is not complete
   */
  public O decide() {
    if (!group.complete()) {
      throw new IllegalStateException(
          "a group needs %d tasks, %d wait".formatted(settings.groupSize(), waiting().size()));
    }
    learning.begin(state, group);
    takeUpWaiting();
    return learning.decide(state, group);
  }

  /** Makes an outcome the state. Never fails on an outcome of this learner's own. */
  public void apply(O outcome) {
    state = learning.apply(state, outcome);
    group = new Group(settings, state.standing());
  }
}
