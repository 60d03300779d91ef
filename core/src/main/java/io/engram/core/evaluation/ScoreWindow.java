package io.engram.core.evaluation;

/** The mean scores over a window of tasks; NaN where the window is empty. */
public record ScoreWindow(double model, double untrained, double nearestNeighbour, int tasks) {}
