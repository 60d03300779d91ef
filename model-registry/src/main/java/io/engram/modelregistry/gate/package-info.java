/** What may become champion: rules as data, and decisions as pure functions from an image to events. */
@NullMarked
package io.engram.modelregistry.gate;

import org.jspecify.annotations.NullMarked;
