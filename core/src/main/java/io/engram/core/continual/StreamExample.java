package io.engram.core.continual;

import io.engram.core.compute.stream.SparseInput;

/**
 * One labelled example of a continual stream.
 *
 * @param input its features
 * @param label its class in the one label space of the whole stream
 */
public record StreamExample(SparseInput input, int label) {}
