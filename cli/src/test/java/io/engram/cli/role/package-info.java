@NullMarked
package io.engram.cli.role;

import org.jspecify.annotations.NullMarked;
