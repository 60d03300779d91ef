package io.engram.core.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.evaluation.TaskScore;
import io.engram.core.guard.Case;
import io.engram.core.guard.Cause;
import io.engram.core.guard.Guard;
import io.engram.core.guard.Judgement;
import io.engram.core.memory.Admission;
import io.engram.core.memory.Capacity;
import io.engram.core.memory.EpisodicMemory;
import io.engram.core.memory.MemorySettings;
import io.engram.core.memory.Offer;
import io.engram.core.memory.Remembered;
import io.engram.core.memory.ReplayDraw;
import io.engram.core.memory.Retention;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RememberingTest {

  /** Where draws go by arrival a task is offered under another place than it has in the log, which may be a neighbour's. */
  @Test
  void whoIsKeptOutIsToldByTheLogAndNotByTheDraw() {
    Arrival absurd = arrival("absurd", 10, 7);
    Arrival honest = arrival("honest", 13, 10);
    Case kept = new Case("absurd", absurd.position(), Cause.LABELS, "far off");
    ClosedGroup group =
        new ClosedGroup(
            List.of(absurd, honest),
            List.of(new TaskScore(1, 2, 3), new TaskScore(1, 2, 3)),
            List.of(),
            null,
            null,
            Progress.none(),
            Guard.blind(),
            List.of(kept));
    EpisodicMemory memory =
        new MemorySettings(new Capacity.Tasks(8), Retention.RESERVOIR, new ReplayDraw.Uniform())
            .empty(1);
    Remembering remembering = new Remembering(new TaskHoldOut(HoldOut.NONE, 1));

    List<Offer> offers = remembering.offers(group, 0);
    List<Admission> admissions = remembering.decide(memory, group, offers);
    remembering.apply(memory, group, offers, admissions);

    assertThat(admissions.get(0)).isInstanceOf(Admission.Discarded.class);
    assertThat(admissions.get(1)).isInstanceOf(Admission.Kept.class);
    assertThat(memory.contents().values())
        .extracting(Remembered::position)
        .containsExactly(honest.place());
    assertThat(memory.arrivals()).isEqualTo(2);
  }

  private static Arrival arrival(String key, long offset, long place) {
    ExampleSet set = new ExampleSet(1, new float[1], new Targets.Values(1, new float[1]));
    Task task = new Task(key, key, List.of(), set, set, 0);
    return new Arrival(
        task,
        new LogPosition(0, offset),
        new LogPosition(0, place),
        100,
        new Episode(set, set, 0),
        new Judgement(Optional.empty(), false, false));
  }
}
