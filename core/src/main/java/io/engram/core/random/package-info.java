/** Randomness that can be replayed: every draw is a function of a seed, a purpose and a position. */
@NullMarked
package io.engram.core.random;

import org.jspecify.annotations.NullMarked;
