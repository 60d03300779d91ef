/**
 * The lifelong learner as a state machine: it is shown tasks at log positions, decides what follows, and applies what was decided.
 * No I/O, no clock, no ambient randomness: the same log gives the same state, bit for bit.
 */
@NullMarked
package io.engram.core.lifelong;

import org.jspecify.annotations.NullMarked;
