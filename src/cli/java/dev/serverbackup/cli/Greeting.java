package dev.serverbackup.cli;

import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.systemsmanager.SampleDocuments;
import java.nio.file.Path;

/** What the local cloud prints when it has started. */
final class Greeting {
    private Greeting() {}

    /** @param functions whether the application runs in it */
    static String of(LocalCloud cloud, String backend, boolean functions, Path log) {
        int port = cloud.aws().endpoint().getPort();
        String local = port == 8000 ? "--local" : "--local-port " + port;
        StringBuilder text = new StringBuilder("The local cloud is up; Ctrl-C stops it.\n\n");
        line(text, "Web page", cloud.aws().endpoint() + "/");
        line(text, "Other services", cloud.aws().endpoint().toString());
        line(text, "DynamoDB", cloud.dynamoDb().endpoint().toString());
        line(text, "Audit table", LocalCloud.AUDIT_TABLE);
        if (functions) {
            line(text, "The application", "runs in it, on " + backend + "; its log lines are in " + log);
            text.append("\nIn another terminal:\n\n");
            text.append("  ./server-backup ask --tag Backup --watch %s%n".formatted(local));
            text.append("  ./server-backup night %s%n".formatted(local));
        } else {
            line(text, "The application", "does not run in it");
        }
        text.append("\nFor the SDKs and a current AWS CLI:\n\n");
        cloud.environment("127.0.0.1").forEach((name, value) -> text.append("  export %s=%s%n".formatted(name, value)));
        text.append("\nFor the function, to back the instances up by Run Command:\n\n");
        SampleDocuments.settings(cloud.commands())
                .forEach((name, value) -> text.append("  export %s=%s%n".formatted(name, value)));
        return text.append("\nFor sam local invoke: see docs/local-cloud.md.\n\n")
                .toString();
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append("%-22s %s%n".formatted(label, value));
    }
}
