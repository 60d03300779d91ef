@NullMarked
package io.engram.ingest.kafka;

import org.jspecify.annotations.NullMarked;
