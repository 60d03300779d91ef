/** What an answer looks like in a shell. */
@NullMarked
package io.engram.cli.ask;

import org.jspecify.annotations.NullMarked;
