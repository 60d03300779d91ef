package io.engram.core.evaluation;

/**
 * How one task's query set was predicted before it was learned from. Accuracy in [0, 1] or mean squared error.
 *
 * @param model the meta-parameters of that moment, adapted on the support set
 * @param untrained θ₀ adapted in the same way
 * @param nearestNeighbour the label of the nearest support example; NaN for regression
 */
public record TaskScore(double model, double untrained, double nearestNeighbour) {}
