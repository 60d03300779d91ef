/** The engram command: every role alone, or all in one process. */
@NullMarked
package io.engram.cli;

import org.jspecify.annotations.NullMarked;
