package org.isthmus.msrp.frame;

import java.util.List;

/** Start line and header section of a frame. */
public sealed interface MsrpHead extends MsrpPart permits MsrpRequest, MsrpResponse {

    /** 4 to 32 characters of the {@code ident} grammar. */
    String transactionId();

    /** Where the frame goes, the next hop first; empty when the field is missing, which a receiver answers with 400. */
    List<MsrpUri> toPath();

    /** Where it comes from, the previous hop first; empty when the field is missing. */
    List<MsrpUri> fromPath();

    MsrpHeaders headers();
}
