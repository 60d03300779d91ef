package io.engram.core.learning;

import io.engram.core.evaluation.TaskScore;
import io.engram.core.memory.Admission;
import io.engram.core.memory.EpisodicMemory;
import io.engram.core.memory.Offer;
import io.engram.core.task.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** What becomes of a group's tasks once it was learned from: each is offered to the memory, or was held out and joins the sample of those. */
public final class Remembering {

  private static final float LARGEST_SURPRISE = 10f;

  private final TaskHoldOut holdOut;

  /** For a learner that holds tasks out by this rule. */
  public Remembering(TaskHoldOut holdOut) {
    this.holdOut = holdOut;
  }

  /** The group's tasks as they are offered to a memory that has been offered {@code arrivedBefore} tasks; those held out, too. */
  public List<Offer> offers(ClosedGroup group, long arrivedBefore) {
    List<Offer> offers = new ArrayList<>(group.arrivals().size());
    for (int i = 0; i < group.arrivals().size(); i++) {
      Arrival arrival = group.arrivals().get(i);
      offers.add(
          new Offer(
              arrival.place(),
              arrival.task().key(),
              arrival.task().classes(),
              arrivedBefore + i,
              arrival.bytes(),
              surprise(arrival.task(), group.scores().get(i))));
    }
    return offers;
  }

  /** 1 − accuracy, or squared error against that of the untrained parameters; a task that went wrong is a surprise too. */
  private static float surprise(Task task, TaskScore score) {
    double surprise = task.classification() ? 1 - score.model() : score.model() / score.untrained();
    return surprise >= 0 && surprise < LARGEST_SURPRISE ? (float) surprise : LARGEST_SURPRISE;
  }

  /** One decision per offer; what is held out, or in quarantine, is discarded without asking the memory. */
  public List<Admission> decide(EpisodicMemory memory, ClosedGroup group, List<Offer> offers) {
    int[] learned = learned(group, offers);
    List<Admission> decided = memory.decide(IntStream.of(learned).mapToObj(offers::get).toList());
    List<Admission> admissions =
        new ArrayList<>(Collections.nCopies(offers.size(), new Admission.Discarded()));
    for (int i = 0; i < learned.length; i++) {
      admissions.set(learned[i], decided.get(i));
    }
    return admissions;
  }

  /** The sample of what was held out, with the group's. */
  public HeldOutTasks heldOut(HeldOutTasks before, ClosedGroup group, List<Offer> offers) {
    HeldOutTasks heldOut = holdOut.any() ? before : HeldOutTasks.NONE;
    for (int i = 0; i < offers.size(); i++) {
      Offer offer = offers.get(i);
      if (holdOut.holdsOut(offer.position()) && !group.keptOut(i)) {
        Task task = group.arrivals().get(i).task();
        heldOut = holdOut.with(heldOut, task, offer.position(), offer.arrival());
      }
    }
    return heldOut;
  }

  /** Carries out what was decided. What was held out, or kept out, counts to the memory's arrivals. */
  public void apply(
      EpisodicMemory memory, ClosedGroup group, List<Offer> offers, List<Admission> admissions) {
    int[] learned = learned(group, offers);
    memory.passOver(offers.size() - learned.length);
    memory.apply(
        IntStream.of(learned).mapToObj(offers::get).toList(),
        IntStream.of(learned).mapToObj(admissions::get).toList());
  }

  /** Which of the group's tasks are learned from, and so may be remembered. */
  private int[] learned(ClosedGroup group, List<Offer> offers) {
    return IntStream.range(0, offers.size())
        .filter(i -> !holdOut.holdsOut(offers.get(i).position()) && !group.keptOut(i))
        .toArray();
  }
}
