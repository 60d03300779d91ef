/** All of Engram in one process: broker, registry, learner, ingest, a subscriber and a source, started and stopped in order. */
@NullMarked
package io.engram.cli.pipeline;

import org.jspecify.annotations.NullMarked;
