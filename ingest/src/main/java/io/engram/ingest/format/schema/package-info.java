/** The schemas that records were written with: from a registry, from a directory, kept in memory. */
@NullMarked
package io.engram.ingest.format.schema;

import org.jspecify.annotations.NullMarked;
