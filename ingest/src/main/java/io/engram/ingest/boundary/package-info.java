/**
 * Where one task ends and another begins in a stream that does not say so: detectors of change, written from the papers that name them. Pure;
 * what they have seen is bytes, bounded, and the same bytes and examples always give the same.
 */
@NullMarked
package io.engram.ingest.boundary;

import org.jspecify.annotations.NullMarked;
