/**
 * The broker of the Kafka release, in this process, on a local directory and on loopback only.
 *
 * <p>{@link io.engram.embeddedkafka.EmbeddedKafka#start} formats the directory once, starts broker
 * and controller in one node and returns when clients can be served. What was acknowledged survives
 * a restart and the death of the process; it is not forced to the disk, so it does not survive a
 * loss of power. It is the real broker: what runs here runs against a cluster.
 */
@NullMarked
package io.engram.embeddedkafka;

import org.jspecify.annotations.NullMarked;
