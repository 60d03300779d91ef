/** A source's feed on Kafka. */
@NullMarked
package io.engram.cli.feed.kafka;

import org.jspecify.annotations.NullMarked;
