/**
 * The compute port on NVIDIA cards: all tasks of a meta-batch at once, on the driver alone.
 */
@NullMarked
package io.engram.engine.cuda;

import org.jspecify.annotations.NullMarked;
