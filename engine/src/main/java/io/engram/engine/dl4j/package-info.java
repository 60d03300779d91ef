/**
 * DL4J beside Engram: networks converted both ways, and a slow engine on {@code MultiLayerNetwork} that the others are checked
 * against. Needs {@code deeplearning4j-nn} and an ND4J backend on the class path, which Engram does not bring along.
 */
@NullMarked
package io.engram.engine.dl4j;

import org.jspecify.annotations.NullMarked;
