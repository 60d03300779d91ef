package io.engram.core.guard;

import io.engram.core.task.LogPosition;

/**
 * A task in quarantine: scored, but not learned from, not remembered, and counted in no scale.
 *
 * @param reason for people
 */
public record Case(String key, LogPosition position, Cause cause, String reason) {}
