package io.engram.modelregistry.image;

/** Where to go on reading {@code model-candidates}: everything before {@code offset} is dealt with. */
public record CandidatePosition(int partition, long offset) {}
