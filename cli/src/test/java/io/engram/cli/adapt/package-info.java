@NullMarked
package io.engram.cli.adapt;

import org.jspecify.annotations.NullMarked;
