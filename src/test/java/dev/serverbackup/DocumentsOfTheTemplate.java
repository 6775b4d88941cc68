package dev.serverbackup;

import dev.serverbackup.local.systemsmanager.RunCommand;
import dev.serverbackup.local.systemsmanager.ShellDocument;
import java.nio.file.Path;

/** The documents as a stack has them, by the names that the template gives them. */
final class DocumentsOfTheTemplate {
    private DocumentsOfTheTemplate() {}

    /** Puts them in place. Answers what the functions are told of them, {@code BACKUP_DOCUMENTS}. */
    static String into(RunCommand commands) {
        String pins = new FunctionTemplate("BackupFunction", Deployed.on(Deployed.SYSTEMS_MANAGER))
                .environment()
                .get("BACKUP_DOCUMENTS");
        for (String pin : pins.split(",", -1)) {
            String engine = pin.substring(0, pin.indexOf('='));
            String name = pin.substring(pin.indexOf('=') + 1, pin.lastIndexOf(':'));
            commands.put(ShellDocument.read(name, Path.of("documents", engine + ".yaml")));
        }
        return pins;
    }
}
