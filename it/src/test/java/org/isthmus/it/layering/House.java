package org.isthmus.it.layering;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The compiled classes of all rooms, as the build has just made them. */
final class House {

    /** Folder of each room that ships, and its root package. */
    enum Room {
        MAPPINGS("mappings", "org.isthmus.mappings"),
        TRANSLATION("translation", "org.isthmus.translation"),
        MSRP("msrp-bridge", "org.isthmus.msrp"),
        BYTE_STREAMS("ibb-bridge", "org.isthmus.bytestream"),
        COMPONENT("component", "org.isthmus.component");

        final String folder;
        final String root;

        Room(String folder, String root) {
            this.folder = folder;
            this.root = root;
        }

        /** The pattern of all packages of the room. */
        String all() {
            return root + "..";
        }
    }

    private House() {}

    /** What ships and what tests it, this module included. */
    static JavaClasses everything() {
        List<Path> all = new ArrayList<>(folders("target/classes"));
        all.addAll(folders("target/test-classes"));
        all.add(Path.of("target/test-classes"));
        return new ClassFileImporter().importPaths(all);
    }

    /** What ships, of these. */
    static JavaClasses shipped(JavaClasses everything) {
        return everything.that(DescribedPredicate.describe(
                "ship",
                type -> type.getSource()
                        .filter(source -> !source.getUri().getPath().contains("/target/test-classes/"))
                        .isPresent()));
    }

    private static List<Path> folders(String kind) {
        List<Path> found = new ArrayList<>();
        for (Room room : Room.values()) {
            Path folder = Path.of("..", room.folder, kind);
            if (Files.isDirectory(folder)) {
                found.add(folder);
            }
        }
        return found;
    }
}
