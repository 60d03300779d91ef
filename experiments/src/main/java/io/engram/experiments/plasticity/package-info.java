/** {@code engram bench plasticity}: whether a learner that has seen hundreds of tasks still learns the next as well as its first. */
@NullMarked
package io.engram.experiments.plasticity;

import org.jspecify.annotations.NullMarked;
