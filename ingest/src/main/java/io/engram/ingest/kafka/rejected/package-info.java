/** The rejected as a queue: what stands there and why, and back to where it came from. */
@NullMarked
package io.engram.ingest.kafka.rejected;

import org.jspecify.annotations.NullMarked;
