package io.engram.modelregistry.gate;

import io.engram.schemas.TraceContext;
import java.util.Optional;

/**
 * Who wants a change, and why; both are recorded with it.
 *
 * @param trace whose work it is part of
 */
public record Asker(String actor, String reason, Optional<TraceContext> trace) {}
