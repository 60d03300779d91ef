package io.engram.modelregistry.image;

import org.pcollections.PVector;

/**
 * What happened to a model. Immutable.
 *
 * @param history every event, in order
 * @param refusals how often the gate kept the champion
 * @param rejections how many candidates were no version
 * @param rejectionsSinceVersion how many of them since the newest version was registered
 */
public record Chronicle(
    PVector<ModelEvent> history, long refusals, long rejections, long rejectionsSinceVersion) {}
