/** How Kafka Streams' stores use RocksDB. */
@NullMarked
package io.engram.ingest.rocksdb;

import org.jspecify.annotations.NullMarked;
