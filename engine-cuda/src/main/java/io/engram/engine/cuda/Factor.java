package io.engram.engine.cuda;

/**
 * One factor of a {@link Product}: element (row, k) of a task lies at {@code rows[row] + steps[k]}.
 *
 * @param rows offsets of rows, never negative
 * @param steps offsets along the product's depth
 * @param along whether elements next to each other in memory follow k, not rows
 */
@SuppressWarnings("ArrayRecordComponent") // tables; never compared
record Factor(int[] rows, int[] steps, boolean along) {}
