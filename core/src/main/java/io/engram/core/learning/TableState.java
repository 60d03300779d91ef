package io.engram.core.learning;

import io.engram.core.memory.EpisodicMemory;
import io.engram.core.tables.TableModel;

/**
 * All that a learner of tables is between two groups.
 *
 * @param model what it knows of tasks
 * @param experience what past answers say about those to come
 * @param growth when the model was and will be fitted
 * @param memory which tasks are remembered
 * @param heldOut tasks that were not learned from
 * @param examination of the newest version that was made
 */
public record TableState(
    TableModel model,
    Experience experience,
    Growth growth,
    EpisodicMemory memory,
    HeldOutTasks heldOut,
    TaskExamination<TableModel> examination,
    Standing standing)
    implements LifelongState {

  private static final float[] NONE = {};

  /**
   * When the model was and will be fitted.
   *
   * @param fits how many there were
   * @param nextAt tasks after which comes the next
   * @param measureAt tasks after which columns are measured anew
   */
  public record Growth(long fits, long nextAt, long measureAt) {

    /** Tasks that the first fit waits for. */
    public static final int FIRST = 5;

    /** The model is fitted again when a twentieth more tasks have come. */
    private static final int PART = 20;

    static final Growth NONE = new Growth(0, FIRST, FIRST);

    /** Whether the model is due after so many tasks. */
    public boolean due(long tasks) {
      return tasks >= nextAt;
    }

    /** Whether columns are. */
    public boolean measures(long tasks) {
      return tasks >= measureAt;
    }

    /**
     * After a fit.
     *
     * @param tasks there were
     * @param known of them, remembered
     */
    public Growth after(long tasks, int known) {
      long next = tasks + Math.max(2, Math.min(tasks, known) / PART);
      long measure = measures(tasks) ? tasks + Math.max(FIRST, Math.min(tasks, known)) : measureAt;
      return new Growth(fits + 1, next, measure);
    }
  }

  /** Before the first task. */
  public static TableState initial(TableSettings settings) {
    TableModel model = TableModel.untrained(settings.shape());
    return new TableState(
        model,
        Experience.none(settings.shape()),
        Growth.NONE,
        settings.memory().empty(settings.seed()),
        HeldOutTasks.NONE,
        TaskExamination.none(),
        Standing.initial(settings));
  }

  /** The linear model that never adapts, in the layout of the network. */
  @Override
  public float[] theta() {
    return model.linear();
  }

  @Override
  public float[] stepSizes() {
    return NONE;
  }

  @Override
  public long updates() {
    return growth.fits();
  }

  @Override
  public int remembered() {
    return memory.size();
  }

  /** The same, with a version of it examined. */
  public TableState with(TaskExamination<TableModel> newest) {
    return new TableState(model, experience, growth, memory, heldOut, newest, standing);
  }

  @Override
  public Retained retained() {
    return examination.retained();
  }
}
