/** Sends a source's records to Kafka, each exactly once, however often the process is killed. */
@NullMarked
package io.engram.cli.feed;

import org.jspecify.annotations.NullMarked;
