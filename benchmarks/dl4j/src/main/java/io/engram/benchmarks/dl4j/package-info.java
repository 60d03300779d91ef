/** DL4J as a peer of the inner-loop bench; knows nothing of Engram but the questions it is asked. */
@NullMarked
package io.engram.benchmarks.dl4j;

import org.jspecify.annotations.NullMarked;
