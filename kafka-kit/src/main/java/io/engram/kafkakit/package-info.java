/**
 * The chores of Kafka, each once: readers of what is committed, reading a topic to its end, topics, writers of transactions, and what
 * Kafka's errors mean. Knows nothing of examples, tasks and models.
 */
@NullMarked
package io.engram.kafkakit;

import org.jspecify.annotations.NullMarked;
