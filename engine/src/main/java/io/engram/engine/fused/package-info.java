/**
 * The fused CPU engine: a network compiled once, buffers allocated once, each episode's whole inner loop on one core with its
 * parameters in cache, matrix products by OpenBLAS on native memory and everything else in loops over heap arrays that
 * HotSpot vectorises.
 *
 * <p>From the outside in: {@link io.engram.engine.fused.FusedEngine} compiles; the program hands episodes to a crew of
 * workers; each worker runs inner loops on passes; a pass is a list of frames, one per operation; operations know
 * their mathematics and nothing else.
 */
@NullMarked
package io.engram.engine.fused;

import org.jspecify.annotations.NullMarked;
