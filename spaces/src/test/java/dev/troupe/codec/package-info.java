/** Tests of the encodings, and random facts for those who keep them. */
@NullMarked
package dev.troupe.codec;

import org.jspecify.annotations.NullMarked;
