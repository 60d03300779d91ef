package io.engram.modelregistry.gate;

import java.time.Instant;

/** Who wants a change, when, and why; recorded with it. */
public record Caller(String actor, String reason, Instant at) {}
