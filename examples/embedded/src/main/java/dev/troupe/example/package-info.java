/** Troupe as a library: each class is a program of its own. */
@NullMarked
package dev.troupe.example;

import org.jspecify.annotations.NullMarked;
