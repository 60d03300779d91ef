/** Few-shot classification of handwritten characters, by the recipes of the papers. */
@NullMarked
package io.engram.experiments.omniglot;

import org.jspecify.annotations.NullMarked;
