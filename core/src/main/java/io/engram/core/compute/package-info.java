/**
 * The seam between mathematics and machine: what a compute engine must offer, batched over episodes, in flat {@code float[]}
 * parameters. Meta-algorithms are written on these types alone; nothing native leaks through them.
 */
@NullMarked
package io.engram.core.compute;

import org.jspecify.annotations.NullMarked;
