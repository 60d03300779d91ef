/** {@code engram bench lifelong}: continual-learning protocols of the literature, our learners beside theirs. */
@NullMarked
package io.engram.benchmarks.lifelong;

import org.jspecify.annotations.NullMarked;
