@NullMarked
package io.engram.cli.columns;

import org.jspecify.annotations.NullMarked;
