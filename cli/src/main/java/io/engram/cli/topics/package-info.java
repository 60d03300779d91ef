/** {@code engram topics}: what the roles need on brokers, made, checked or written down for whoever makes it. */
@NullMarked
package io.engram.cli.topics;

import org.jspecify.annotations.NullMarked;
