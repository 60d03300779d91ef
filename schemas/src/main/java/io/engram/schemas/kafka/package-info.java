/** The wire as Kafka's clients see it: serializers and headers. */
@NullMarked
package io.engram.schemas.kafka;

import org.jspecify.annotations.NullMarked;
