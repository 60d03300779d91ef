/** The episodic memory beside a plain RocksDB, the learner's overhead beside its engine, a publication beside a bare transaction. */
@NullMarked
package io.engram.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
