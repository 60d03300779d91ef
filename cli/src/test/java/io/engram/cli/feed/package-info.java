@NullMarked
package io.engram.cli.feed;

import org.jspecify.annotations.NullMarked;
