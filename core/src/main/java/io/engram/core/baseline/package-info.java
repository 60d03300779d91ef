/**
 * Cheap answers to a task, to stand beside a learner's: experts fitted on the support set, models of all rows that never adapt, and a
 * mixture whose trust in each is learned over all past tasks. Deterministic, on the JDK alone.
 */
@NullMarked
package io.engram.core.baseline;

import org.jspecify.annotations.NullMarked;
