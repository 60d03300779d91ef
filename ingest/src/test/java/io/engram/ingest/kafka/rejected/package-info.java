@NullMarked
package io.engram.ingest.kafka.rejected;

import org.jspecify.annotations.NullMarked;
