/** {@code engram taste}: two minutes on a table one has never seen, and whether Engram is worth running on it. */
@NullMarked
package io.engram.cli.taste;

import org.jspecify.annotations.NullMarked;
