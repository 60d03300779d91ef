@NullMarked
package io.engram.cli.state;

import org.jspecify.annotations.NullMarked;
