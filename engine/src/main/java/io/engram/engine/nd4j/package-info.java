/**
 * Dense networks as ND4J operations with a leading task dimension, on CPU or, with ND4J's CUDA backend on the class path, on a GPU.
 * Needs ND4J, which Engram does not bring along.
 */
@NullMarked
package io.engram.engine.nd4j;

import org.jspecify.annotations.NullMarked;
