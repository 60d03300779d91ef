@NullMarked
package io.engram.cli.ops;

import org.jspecify.annotations.NullMarked;
