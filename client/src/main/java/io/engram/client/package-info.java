/** What a program needs to send examples and to use the published models. */
@NullMarked
package io.engram.client;

import org.jspecify.annotations.NullMarked;
