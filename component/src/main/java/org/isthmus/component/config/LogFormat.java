package org.isthmus.component.config;

/** How log lines are written. */
public enum LogFormat {
    /** One event a line: {@code event key=value …}. */
    TEXT
}
