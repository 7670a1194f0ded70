package dev.troupe.settings;

/**
 * A key that a provider understands in its part of the study file.
 *
 * @param key in kebab case
 * @param fallback what holds if it is not set, as text
 * @param description one line
 */
public record Option(String key, String fallback, String description) {}
