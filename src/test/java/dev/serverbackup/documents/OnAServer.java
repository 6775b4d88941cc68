package dev.serverbackup.documents;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests of documents, which /bin/sh runs on a server of each test's own, against stand-ins of the vendors' commands. */
abstract class OnAServer {
    static final String OTHER_ID = "i-0123456789abcdef0-20260302020001500";

    @TempDir
    Path root;

    ServerShell server;

    @BeforeEach
    void a_server_with_everything() {
        assumeTrue(OS.LINUX.isCurrentOs(), "the documents are for Linux servers");
        server = ServerShell.withEverything(root);
    }

    final Path artefact() {
        return server.artefacts().resolve(ServerShell.ID + ".tar");
    }
}
