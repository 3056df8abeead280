package org.isthmus.translation;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What this room may use: pure functions and body formats, see the design's table. */
@AnalyzeClasses(packages = "org.isthmus.translation", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {

    @ArchTest
    static final ArchRule noOtherRoomButMappings = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.isthmus.msrp..", "org.isthmus.bytestream..", "org.isthmus.component..");

    @ArchTest
    static final ArchRule noDirectory =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.isthmus.mappings.directory..");

    @ArchTest
    static final ArchRule noTransportLoggingOrDatabase = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.netty..",
                    "javax.sip..",
                    "javax.sdp..",
                    "gov.nist..",
                    "org.slf4j..",
                    "java.util.logging..",
                    "java.net..",
                    "java.nio.channels..",
                    "java.nio.file..",
                    "java.util.concurrent..",
                    "java.sql..",
                    "javax.xml.parsers..",
                    "javax.xml.transform..",
                    "org.dom4j..",
                    "org.w3c.dom..",
                    "org.xml.sax..");

    @ArchTest
    static final ArchRule noFilesThreadsOrRandomness = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(File|RandomAccess).*|java\\.lang\\.Thread.*|java\\.util\\.Random"
                    + "|java\\.security\\.SecureRandom|java\\.util\\.UUID|java\\.time\\.Clock|java\\.util\\.Timer.*");

    @ArchTest
    static final ArchRule noClock = noClasses()
            .should()
            .callMethodWhere(target(name("now"))
                    .and(target(owner(resideInAPackage("java.time.."))))
                    .or(target(nameMatching("currentTimeMillis|nanoTime"))));

    @ArchTest
    static final ArchRule formatsThatBridgesUseKnowNoAddresses = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.isthmus.translation.sdp..",
                    "org.isthmus.translation.file..",
                    "org.isthmus.translation.cpim..",
                    "org.isthmus.translation.mime..",
                    "org.isthmus.translation.text..",
                    "org.isthmus.translation.xml..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.isthmus.mappings..", "org.xmpp..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule jidsAreMadeInOnePlace =
            noClasses().should().callConstructorWhere(target(owner(assignableTo("org.xmpp.packet.JID"))));

    @ArchTest
    static final ArchRule translatorsAreStatic = methods()
            .that()
            .areDeclaredInClassesThat()
            .haveSimpleNameContaining("To")
            .and()
            .haveName("translate")
            .should()
            .beStatic();

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("org.isthmus.translation.(*)..").should().beFreeOfCycles();
}
