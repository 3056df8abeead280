package org.isthmus.component.conversation;

/** Chooses the stripe of an owner. */
public interface Stripes {

    /** The stripe of the key; the same for the life of the process. */
    Stripe of(OwnerKey key);
}
