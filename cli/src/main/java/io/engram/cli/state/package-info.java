/** The directory that keeps everything that must survive a restart, and the log that is written there. */
@NullMarked
package io.engram.cli.state;

import org.jspecify.annotations.NullMarked;
