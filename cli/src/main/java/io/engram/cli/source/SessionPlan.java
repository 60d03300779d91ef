package io.engram.cli.source;

import java.util.OptionalLong;

/**
 * What sources of few-shot sessions share: keys of section {@code source}.
 *
 * @param ways classes of a session
 * @param shots examples to learn from
 * @param queries examples to be scored on
 * @param tasks number of sessions, or empty for no end
 * @param interleave sessions that run at the same time
 */
public record SessionPlan(int ways, int shots, int queries, OptionalLong tasks, int interleave) {}
