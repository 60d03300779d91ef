/** {@code engram bench lifelong --through-kafka}: Omniglot's alphabets as a live stream with drift, through every service. */
@NullMarked
package io.engram.experiments.lifelong.live;

import org.jspecify.annotations.NullMarked;
