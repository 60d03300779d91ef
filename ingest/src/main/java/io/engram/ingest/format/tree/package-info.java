/** Records as trees of fields, whether they were JSON or Avro. */
@NullMarked
package io.engram.ingest.format.tree;

import org.jspecify.annotations.NullMarked;
