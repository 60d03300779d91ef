/** The trial of engines. */
@NullMarked
package io.engram.cli.engines;

import org.jspecify.annotations.NullMarked;
