/**
 * The registry's thread and state machine, and the ports it speaks through: the journal of events, the candidates, and what opens both.
 * Knows neither Kafka nor HTTP.
 */
@NullMarked
package io.engram.modelregistry.agent;

import org.jspecify.annotations.NullMarked;
