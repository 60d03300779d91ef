package io.engram.experiments.lifelong.live;

import io.engram.core.evaluation.AdaptationCurve.Point;
import java.util.List;

/**
 * How fast a version adapts to what it never saw.
 *
 * @param overSteps accuracy in [0, 1] after so many inner steps
 * @param overShots accuracy in [0, 1] with so many drawings of each character
 */
record AdaptationCurves(List<Point> overSteps, List<Point> overShots) {}
