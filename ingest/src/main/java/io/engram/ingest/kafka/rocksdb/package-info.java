/** How Kafka Streams' stores use RocksDB. */
@NullMarked
package io.engram.ingest.kafka.rocksdb;

import org.jspecify.annotations.NullMarked;
