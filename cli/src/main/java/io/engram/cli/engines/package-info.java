/** What the engines on this machine can do, in figures. */
@NullMarked
package io.engram.cli.engines;

import org.jspecify.annotations.NullMarked;
