package org.isthmus.component.conversation;

/**
 * How much work may wait on the stripes.
 *
 * @param ownerTasks tasks of one owner, default 1,000
 * @param ownerOctets octets held by the tasks of one owner, default 1 MiB
 * @param stripeTasks tasks of one stripe, default 50,000
 * @param stripeOctets octets held by the tasks of one stripe, default 64 MiB
 */
public record StripeLimits(int ownerTasks, long ownerOctets, int stripeTasks, long stripeOctets) {

    public StripeLimits {
        if (ownerTasks < 1 || ownerOctets < 1 || stripeTasks < ownerTasks || stripeOctets < ownerOctets) {
            throw new IllegalArgumentException("stripe limits: each at least 1, a stripe's at least an owner's");
        }
    }

    public static StripeLimits defaults() {
        return new StripeLimits(1_000, 1 << 20, 50_000, 64L << 20);
    }
}
