/** RocksDB without anything around it: the limit. */
@NullMarked
package io.engram.benchmarks.memory.rocksdb;

import org.jspecify.annotations.NullMarked;
