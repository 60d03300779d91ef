/**
 * The learner's one thread and the ports it needs: a log of tasks, a store, and somewhere to publish. Adapters implement the
 * ports; the agent never names a technology.
 */
@NullMarked
package io.engram.learner.agent;

import org.jspecify.annotations.NullMarked;
