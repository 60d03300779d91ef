/** The fused engine under the contract, and what is special to it. */
@NullMarked
package io.engram.engine.fused;

import org.jspecify.annotations.NullMarked;
