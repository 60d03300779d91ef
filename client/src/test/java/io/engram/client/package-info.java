@NullMarked
package io.engram.client;

import org.jspecify.annotations.NullMarked;
