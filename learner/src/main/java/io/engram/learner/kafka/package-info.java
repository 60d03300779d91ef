/** The learner's Kafka: the log of tasks in, candidates out. */
@NullMarked
package io.engram.learner.kafka;

import org.jspecify.annotations.NullMarked;
