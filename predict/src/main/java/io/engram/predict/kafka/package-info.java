/** The role inside Kafka Streams: its topology, stores and topics. */
@NullMarked
package io.engram.predict.kafka;

import org.jspecify.annotations.NullMarked;
