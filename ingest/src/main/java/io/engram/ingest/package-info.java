/** Validates labeled examples and groups them into tasks. */
@NullMarked
package io.engram.ingest;

import org.jspecify.annotations.NullMarked;
