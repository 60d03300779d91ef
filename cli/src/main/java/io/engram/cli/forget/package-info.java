/** A task key forgotten on purpose: what is done around the topics, in the state directory and for people. */
@NullMarked
package io.engram.cli.forget;

import org.jspecify.annotations.NullMarked;
