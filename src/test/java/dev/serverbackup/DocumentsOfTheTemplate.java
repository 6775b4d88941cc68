package dev.serverbackup;

import dev.serverbackup.local.systemsmanager.RunCommand;
import dev.serverbackup.local.systemsmanager.ShellDocument;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The documents as a stack has them, by the names that the template gives them. */
final class DocumentsOfTheTemplate {
    private DocumentsOfTheTemplate() {}

    private static final Map<String, String> FILES = Map.of(
            "BACKUP_DOCUMENT", "backup.yaml",
            "DELETION_DOCUMENT", "delete.yaml",
            "VERIFICATION_DOCUMENT", "verify.yaml");

    /** Puts them in place. Answers what the functions are told of them, by the names of the variables. */
    static Map<String, String> into(RunCommand commands) {
        Map<String, String> environment =
                new FunctionTemplate("BackupFunction", Deployed.on(Deployed.SYSTEMS_MANAGER)).environment();
        Map<String, String> pins = new TreeMap<>();
        FILES.forEach((variable, file) -> {
            String pin = environment.get(variable);
            String name = pin.substring(0, pin.lastIndexOf(':'));
            commands.put(ShellDocument.read(name, Path.of("documents", file)));
            pins.put(variable, pin);
        });
        return pins;
    }
}
