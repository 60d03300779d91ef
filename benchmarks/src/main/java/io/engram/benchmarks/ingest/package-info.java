/** How fast ingest is, beside a bare transactional copy of the same records. */
@NullMarked
package io.engram.benchmarks.ingest;

import org.jspecify.annotations.NullMarked;
