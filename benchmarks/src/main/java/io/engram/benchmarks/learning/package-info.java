/** Meta-training without Kafka, for the benches that prove that learning is right: resumable runs, and scores with intervals. */
@NullMarked
package io.engram.benchmarks.learning;

import org.jspecify.annotations.NullMarked;
