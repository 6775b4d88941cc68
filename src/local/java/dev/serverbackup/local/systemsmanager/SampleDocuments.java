package dev.serverbackup.local.systemsmanager;

import dev.serverbackup.local.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The documents of this repository as an account has them: each under its file's name, in its first version. */
public final class SampleDocuments {
    private static final Path FILES = Home.file("documents");
    private static final List<String> NAMES = List.of("backup", "delete", "verify", "restore");

    private SampleDocuments() {}

    /** Puts them in place. */
    public static void into(RunCommand commands) {
        NAMES.forEach(name -> commands.put(ShellDocument.read(name, FILES.resolve(name + ".yaml"))));
    }

    /**
     * What has the function use them.
     *
     * @return settings by the names of their environment variables
     */
    public static Map<String, String> settings(RunCommand commands) {
        return new TreeMap<>(Map.of(
                "BACKUP_BACKEND",
                "systems-manager",
                "BACKUP_DOCUMENT",
                "backup:1",
                "DELETION_DOCUMENT",
                "delete:1",
                "VERIFICATION_DOCUMENT",
                "verify:1",
                "BACKUP_DESTINATION",
                commands.root("artefacts").toString()));
    }
}
