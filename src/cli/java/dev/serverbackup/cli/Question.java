package dev.serverbackup.cli;

import dev.serverbackup.cli.audit.AuditReader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;
import software.amazon.awssdk.core.exception.SdkException;

/** A command that asks a deployment something and prints the answer. */
@Command(mixinStandardHelpOptions = true)
public abstract class Question implements Callable<Integer> {
    @ParentCommand
    private ServerBackup program;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private OutputOptions output;

    /**
     * Finds the answer.
     *
     * @throws SdkException what the SDK throws
     * @throws IllegalArgumentException if the question is not clear
     */
    protected abstract Findings answer(AuditReader audit, Connection deployment);

    protected ServerBackup program() {
        return program;
    }

    @Override
    public final Integer call() {
        try (Connection deployment = connection.open()) {
            return answered(deployment);
        }
    }

    private int answered(Connection deployment) {
        try {
            Findings answer = answer(deployment.audit(deployment.clock(program.clock())), deployment);
            output.print(answer, program.screen());
            return answer.wrong() ? ServerBackup.WRONG : ServerBackup.OK;
        } catch (SdkException e) {
            throw deployment.unanswered(e);
        }
    }
}
