/** The learner's store on RocksDB: its state and its episodic memory, one write batch a group. */
@NullMarked
package io.engram.learner.rocksdb;

import org.jspecify.annotations.NullMarked;
