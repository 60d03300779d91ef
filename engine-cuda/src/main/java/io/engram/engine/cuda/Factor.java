package io.engram.engine.cuda;

import org.jspecify.annotations.Nullable;

/**
 * One factor of a {@link Product}: element (row, k) of a task lies at {@code rows[row] + steps[k]}.
 *
 * @param rows offsets of rows, never negative
 * @param steps offsets along the product's depth, or null if a kernel writes them
 * @param stepsAddress where they are written then, a row of them for each task
 * @param stepsTask how long such a row is
 * @param depth of the product
 * @param along whether elements next to each other in memory follow k, not rows
 */
@SuppressWarnings("ArrayRecordComponent") // tables; never compared
record Factor(
    int[] rows,
    int @Nullable [] steps,
    long stepsAddress,
    long stepsTask,
    int depth,
    boolean along) {

  Factor(int[] rows, int[] steps, boolean along) {
    this(rows, steps, 0, 0, steps.length, along);
  }

  Factor(int[] rows, long stepsAddress, long stepsTask, int depth, boolean along) {
    this(rows, null, stepsAddress, stepsTask, depth, along);
  }
}
