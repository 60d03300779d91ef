/**
 * Networks as values: layers, shapes, the flat parameter layout (DL4J's), their text form and their seeded initialisation.
 * Nothing here computes; engines compile a {@link io.engram.core.network.NetworkSpec}.
 */
@NullMarked
package io.engram.core.network;

import org.jspecify.annotations.NullMarked;
