/** What a run shows: a live view at a terminal, plain lines elsewhere, JSON lines for programs. */
@NullMarked
package io.engram.cli.view;

import org.jspecify.annotations.NullMarked;
