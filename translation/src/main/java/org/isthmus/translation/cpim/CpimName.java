package org.isthmus.translation.cpim;

import java.util.Objects;

/**
 * What a header is: the namespace and the local name (RFC 3862 §3.4). The prefix that stands for the namespace in a message
 * is the writer's own choice. Names are case-sensitive.
 *
 * @param namespace the namespace URI; "" when the message uses a prefix that it does not declare
 * @param name the local name; with the undeclared prefix and a dot when there is one
 */
public record CpimName(String namespace, String name) {

    /** The namespace of the headers that RFC 3862 §4 defines. */
    public static final String BASE = "urn:ietf:params:cpim-headers:";

    /** The namespace of the disposition notification headers (RFC 5438 §6). */
    public static final String IMDN = "urn:ietf:params:imdn";

    public static final CpimName FROM = new CpimName(BASE, "From");
    public static final CpimName TO = new CpimName(BASE, "To");
    public static final CpimName CC = new CpimName(BASE, "cc");
    public static final CpimName DATE_TIME = new CpimName(BASE, "DateTime");
    public static final CpimName SUBJECT = new CpimName(BASE, "Subject");
    public static final CpimName NS = new CpimName(BASE, "NS");
    public static final CpimName REQUIRE = new CpimName(BASE, "Require");

    public CpimName {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(name, "name");
    }
}
