/** The lifelong learner alone on a built-in stream, with the configuration that {@code engram run} would use. */
@NullMarked
package io.engram.experiments.stream;

import org.jspecify.annotations.NullMarked;
