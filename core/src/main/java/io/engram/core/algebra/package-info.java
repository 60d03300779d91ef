/** The little linear algebra that closed-form learners need: small systems and short vectors, in double precision. */
@NullMarked
package io.engram.core.algebra;

import org.jspecify.annotations.NullMarked;
