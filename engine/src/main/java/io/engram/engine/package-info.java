/** Networks and gradients behind the compute port of core. */
@NullMarked
package io.engram.engine;

import org.jspecify.annotations.NullMarked;
