package org.isthmus.component;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows inside the gateway, as the design draws them. */
@AnalyzeClasses(packages = "org.isthmus.component", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {

    private static final String ROOT = "org.isthmus.component.";

    @ArchTest
    static final ArchRule slicesAreFreeOfCycles =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule relaysSeeNeitherEdge = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "message..", ROOT + "session..", ROOT + "presence..", ROOT + "file..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "xmpp..", ROOT + "sip..", "javax.sip..", "gov.nist..", "io.netty..", "java.sql..");

    @ArchTest
    static final ArchRule edgesSeeConversationConfigAndPartnersAlone = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "xmpp..", ROOT + "sip..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "message..",
                    ROOT + "session..",
                    ROOT + "presence..",
                    ROOT + "file..",
                    ROOT + "store..",
                    ROOT + "ops..",
                    ROOT + "cli..");

    @ArchTest
    static final ArchRule jainSipStaysInTheSipRoom = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "sip..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.sip..", "gov.nist..");

    @ArchTest
    static final ArchRule sqlStaysInTheStore = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "store..", "org.isthmus.component", ROOT + "cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.flywaydb..");

    @ArchTest
    static final ArchRule onlyCommandsPrint = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule nobodySleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
