package org.isthmus.component.config;

/** What carries SIP on a listening point. */
public enum Transport {
    UDP,
    TCP
}
