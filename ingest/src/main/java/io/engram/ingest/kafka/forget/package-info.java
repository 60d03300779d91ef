/**
 * A task key taken out of everything that ingest writes: its topics, its stores' changelogs and its place in the examples. What is left is
 * copied, and the copies take the originals' places.
 */
@NullMarked
package io.engram.ingest.kafka.forget;

import org.jspecify.annotations.NullMarked;
