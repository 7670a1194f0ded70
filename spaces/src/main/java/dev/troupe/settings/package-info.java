/**
 * Settings of the parts of a study, the providers that make parts by name, and what messages about
 * wrong names say.
 */
@NullMarked
package dev.troupe.settings;

import org.jspecify.annotations.NullMarked;
