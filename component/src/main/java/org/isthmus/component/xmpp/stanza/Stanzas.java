package org.isthmus.component.xmpp.stanza;

/** Names that everybody here writes. */
public final class Stanzas {

    /** The namespace of stanzas on a component stream (XEP-0114 §3). */
    public static final String NAMESPACE = "jabber:component:accept";

    /** XEP-0199. */
    public static final String PING = "urn:xmpp:ping";

    private Stanzas() {}
}
