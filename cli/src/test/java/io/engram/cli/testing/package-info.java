/** What somebody else would bring. */
@NullMarked
package io.engram.cli.testing;

import org.jspecify.annotations.NullMarked;
