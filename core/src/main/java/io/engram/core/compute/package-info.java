/**
 * The seam between mathematics and machine: engines, found by name, that compile networks. Learners are written on the programs
 * they compile, {@link io.engram.core.compute.episode} and {@link io.engram.core.compute.stream}; nothing native leaks through.
 */
@NullMarked
package io.engram.core.compute;

import org.jspecify.annotations.NullMarked;
