package org.isthmus.component.xmpp.stream;

/** The XMPP server a link leads to; changes words for the operator, never what is sent. */
public enum ServerKind {
    PROSODY,
    EJABBERD,
    OPENFIRE,
    OTHER
}
