@NullMarked
package io.engram.cli.taste;

import org.jspecify.annotations.NullMarked;
