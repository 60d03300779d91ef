/** What the registry and the client cost, and what they hold: {@code engram bench registry}. */
@NullMarked
package io.engram.benchmarks.registry;

import org.jspecify.annotations.NullMarked;
