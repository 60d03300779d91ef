/** The files of a deployment against the code, and the command as processes that run, stop and die. */
@NullMarked
package io.engram.deploy;

import org.jspecify.annotations.NullMarked;
