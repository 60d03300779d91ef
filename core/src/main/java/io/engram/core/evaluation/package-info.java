/** Scores: prequential evaluation (predict, score, only then learn) and the baselines beside it. */
@NullMarked
package io.engram.core.evaluation;

import org.jspecify.annotations.NullMarked;
