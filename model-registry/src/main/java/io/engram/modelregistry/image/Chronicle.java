package io.engram.modelregistry.image;

import org.pcollections.PVector;

/**
 * What happened to a model. Immutable.
 *
 * @param history every event, in order
 * @param refusals how often the gate kept the champion
 * @param rejections how many candidates were no version
 */
public record Chronicle(PVector<ModelEvent> history, long refusals, long rejections) {}
