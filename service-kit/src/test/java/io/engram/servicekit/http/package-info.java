@NullMarked
package io.engram.servicekit.http;

import org.jspecify.annotations.NullMarked;
