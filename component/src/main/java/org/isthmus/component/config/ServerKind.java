package org.isthmus.component.config;

/** The XMPP server at the other end of a link; each has its own habits and its own words in its settings. */
public enum ServerKind {
    PROSODY,
    EJABBERD,
    OPENFIRE,
    OTHER;

    /** Where the server listens for components unless told otherwise; ejabberd has no default, Prosody's is taken. */
    int defaultPort() {
        return this == OPENFIRE ? 5275 : 5347;
    }
}
