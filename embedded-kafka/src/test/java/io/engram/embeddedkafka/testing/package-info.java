/**
 * A real broker for the tests of every module, through the test-jar of {@code
 * engram-embedded-kafka}.
 *
 * <p>{@link io.engram.embeddedkafka.testing.TestBroker} is one broker for the whole test process;
 * {@link io.engram.embeddedkafka.testing.BrokerProcess} is a broker in a process of its own, to be
 * killed.
 */
@NullMarked
package io.engram.embeddedkafka.testing;

import org.jspecify.annotations.NullMarked;
