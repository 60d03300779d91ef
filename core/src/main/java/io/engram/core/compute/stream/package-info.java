/**
 * What an engine computes of single examples, a few at a time: predictions, gradients, steps, on vectors of its own.
 */
@NullMarked
package io.engram.core.compute.stream;

import org.jspecify.annotations.NullMarked;
