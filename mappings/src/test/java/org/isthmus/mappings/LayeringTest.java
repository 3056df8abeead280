package org.isthmus.mappings;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.xmpp.packet.JID;

/** The arrows inside the mappings room: spelling below addresses, files and directories above them. */
@AnalyzeClasses(packages = "org.isthmus.mappings", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {

    private static final String ROOT = "org.isthmus.mappings";

    @ArchTest
    static final ArchRule nothingRunsBackUp = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.isthmus.translation..",
                    "org.isthmus.msrp..",
                    "org.isthmus.bytestream..",
                    "org.isthmus.component..");

    @ArchTest
    static final ArchRule noNetworkStacks = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "javax.sip..", "gov.nist..", "javax.sdp..", "java.sql..");

    @ArchTest
    static final ArchRule theNetworkAndTheCacheStayInTheDirectory = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".directory..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "com.github.benmanes.caffeine..");

    @ArchTest
    static final ArchRule addressesArePure = noClasses()
            .that()
            .resideInAnyPackage(ROOT, ROOT + ".spelling..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..", "java.nio.file..", "java.time..", "org.slf4j..", "com.fasterxml..", "com.networknt..");

    @ArchTest
    static final ArchRule spellingKnowsNothingElse = noClasses()
            .that()
            .resideInAPackage(ROOT + ".spelling..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT, ROOT + ".json..", ROOT + ".directory..", "org.xmpp..");

    @ArchTest
    static final ArchRule slicesAreFreeOfCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    /** Tinder prepares with the wrong standard, and without libidn not at all. */
    @ArchTest
    static final ArchRule jidsAreMadeInOnePlace = noClasses()
            .that()
            .doNotHaveSimpleName("Jids")
            .should()
            .callConstructor(JID.class, String.class)
            .orShould()
            .callConstructor(JID.class, String.class, boolean.class)
            .orShould()
            .callConstructor(JID.class, String.class, String.class, String.class)
            .orShould()
            .callConstructor(JID.class, String.class, String.class, String.class, boolean.class);
}
