/** The agent in a simulated world: its log, store and sink in memory, with crashes wherever they can happen. */
@NullMarked
package io.engram.learner.agent;

import org.jspecify.annotations.NullMarked;
