/** The parts of Engram as they run, alone or together: their configuration read from the settings, and their start. */
@NullMarked
package io.engram.cli.role;

import org.jspecify.annotations.NullMarked;
