/** What the columns of a table are taken for, and how its rows become numbers: decided once, written down, the same for learner and client. */
@NullMarked
package io.engram.cli.columns;

import org.jspecify.annotations.NullMarked;
