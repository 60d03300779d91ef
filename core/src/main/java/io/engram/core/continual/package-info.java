/**
 * Learners of one continual stream of labelled examples with one label space and no task boundaries: the baselines, the methods of the
 * literature and Engram's own, each to be read beside its paper.
 */
@NullMarked
package io.engram.core.continual;

import org.jspecify.annotations.NullMarked;
