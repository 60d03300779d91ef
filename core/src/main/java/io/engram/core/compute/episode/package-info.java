/**
 * What an engine computes of episodes: adapted parameters, predictions, meta-gradients, batched over tasks in flat {@code float[]}
 * parameters. What it can of all this is a value.
 */
@NullMarked
package io.engram.core.compute.episode;

import org.jspecify.annotations.NullMarked;
