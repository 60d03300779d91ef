/** What a kind says of itself: its name, its keys in a configuration, and what it makes of their values. */
@NullMarked
package io.engram.core.kind;

import org.jspecify.annotations.NullMarked;
