package dev.serverbackup.cli;

import java.io.File;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes the manual in AsciiDoc, a page for the program and one for each command; the build makes man pages of it. */
final class ManPages {
    private ManPages() {}

    /**
     * @param arguments the folder, which is created if it is missing
     * @throws IOException if a page can't be written
     */
    public static void main(String[] arguments) throws IOException {
        ManPageGenerator.generateManPage(
                new File(arguments[0]),
                null,
                new boolean[0],
                false,
                new ServerBackup(Screen.unseen(), Map.of(), Clock.systemUTC())
                        .line()
                        .getCommandSpec());
    }
}
