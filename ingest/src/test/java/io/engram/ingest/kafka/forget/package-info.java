@NullMarked
package io.engram.ingest.kafka.forget;

import org.jspecify.annotations.NullMarked;
