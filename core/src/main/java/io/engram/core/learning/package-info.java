/**
 * The lifelong learner as a state machine: it is shown tasks at log positions, decides what follows, and applies what was decided. No I/O, no
 * clock, no ambient randomness: the same log gives the same state, bit for bit. It learns from tasks or from the single examples in them: a
 * sum, of which each kind has its own settings, state and outcome; how it learns is told in {@code tasks} and {@code stream}.
 */
@NullMarked
package io.engram.core.learning;

import org.jspecify.annotations.NullMarked;
