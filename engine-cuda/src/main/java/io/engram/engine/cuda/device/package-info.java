/** A card as the engine needs it: memory, kernels by name, sequences of commands. */
@NullMarked
package io.engram.engine.cuda.device;

import org.jspecify.annotations.NullMarked;
