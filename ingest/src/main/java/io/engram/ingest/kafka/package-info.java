/** Ingest on Kafka Streams: topology, stores and their bytes, topics. */
@NullMarked
package io.engram.ingest.kafka;

import org.jspecify.annotations.NullMarked;
