@NullMarked
package io.engram.cli.rejected;

import org.jspecify.annotations.NullMarked;
