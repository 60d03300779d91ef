@NullMarked
package io.engram.cli.ask;

import org.jspecify.annotations.NullMarked;
