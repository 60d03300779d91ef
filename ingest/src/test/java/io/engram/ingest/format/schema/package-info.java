@NullMarked
package io.engram.ingest.format.schema;

import org.jspecify.annotations.NullMarked;
