/** Gradient-boosted regression trees, grown on histograms; deterministic, and flat enough to be published as one tensor. */
@NullMarked
package io.engram.core.trees;

import org.jspecify.annotations.NullMarked;
