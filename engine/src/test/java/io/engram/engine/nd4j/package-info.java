/** The ND4J engine under the contract. */
@NullMarked
package io.engram.engine.nd4j;

import org.jspecify.annotations.NullMarked;
