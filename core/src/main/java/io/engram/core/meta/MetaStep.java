package io.engram.core.meta;

/**
 * What one outer step saw.
 *
 * @param loss mean over the contributing episodes, before the step; NaN if none contributed
 * @param contributing episodes with finite numbers
 * @param episodes all episodes of the batch
 */
public record MetaStep(double loss, int contributing, int episodes) {}
