package dev.serverbackup.cli;

import dev.serverbackup.cli.audit.AuditReader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;
import software.amazon.awssdk.core.exception.SdkException;

/** A command that reads from, or sends to, a deployment. */
@Command(mixinStandardHelpOptions = true)
public abstract class AuditCommand implements Callable<Integer> {
    @ParentCommand
    private ServerBackup program;

    @Mixin
    private ConnectionOptions connection;

    /**
     * Runs the command and prints the result.
     *
     * @return the exit code
     * @throws SdkException if a call fails
     * @throws IllegalArgumentException if the arguments are invalid
     */
    protected abstract int ask(AuditReader audit, Connection deployment);

    protected ServerBackup program() {
        return program;
    }

    @Override
    public final Integer call() {
        try (Connection deployment = connection.open()) {
            return asked(deployment);
        }
    }

    private int asked(Connection deployment) {
        try {
            return ask(deployment.audit(deployment.clock(program.clock())), deployment);
        } catch (SdkException e) {
            throw deployment.unanswered(e);
        }
    }
}
