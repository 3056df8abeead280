package org.isthmus.mappings.json;

import java.util.List;
import java.util.Set;
import org.isthmus.mappings.DomainMapping;
import org.isthmus.mappings.MappingConflict;

/** What the mappings file must agree with: the partners and links of the gateway's configuration. */
public interface MappingSurroundings {

    /** The names that {@code partner} may have. */
    Set<String> partners();

    /**
     * What the configuration has against an entry that is sound by itself.
     *
     * @return findings with pointers below the entry, such as {@code /sipUsers/appearAs}
     */
    List<MappingConflict> objections(DomainMapping mapping);
}
