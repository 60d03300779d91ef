/** Handwritten characters, read from the official archives and sent as few-shot sessions. */
@NullMarked
package io.engram.cli.source.omniglot;

import org.jspecify.annotations.NullMarked;
