/** {@code engram bench lifelong}: continual-learning protocols of the literature, our learners beside theirs. */
@NullMarked
package io.engram.experiments.lifelong;

import org.jspecify.annotations.NullMarked;
