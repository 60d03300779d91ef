package io.engram.learner.agent;

/**
 * How what is learned becomes public.
 *
 * @param modelName whose candidates they are
 * @param every groups between two candidates
 * @param provenance what the process is
 * @param sink where candidates go
 */
public record Publishing(String modelName, int every, Provenance provenance, CandidateSink sink) {}
