/** DL4J under the contract, and the fused engine against DL4J. */
@NullMarked
package io.engram.engine.dl4j;

import org.jspecify.annotations.NullMarked;
