package dev.serverbackup.cli;

import dev.serverbackup.cli.audit.AuditReader;
import picocli.CommandLine.Mixin;
import software.amazon.awssdk.core.exception.SdkException;

/** A command that prints its result as text, JSON or CSV. */
public abstract class ResultCommand extends AuditCommand {
    @Mixin
    private OutputOptions output;

    /**
     * Returns the result.
     *
     * @throws SdkException if a call fails
     * @throws IllegalArgumentException if the arguments are invalid
     */
    protected abstract Findings answer(AuditReader audit, Connection deployment);

    /** Prints something before the result, on standard error, so that standard output has only the result. */
    protected void tell(Findings findings) {
        Screen screen = program().screen();
        screen.err().println(screen.writable(FindingsText.of(findings, screen)));
        screen.flush();
    }

    /** Prints a sentence before the result, on standard error. */
    protected void tell(String sentence) {
        Screen screen = program().screen();
        screen.err().println(screen.writable(sentence));
        screen.flush();
    }

    @Override
    protected final int ask(AuditReader audit, Connection deployment) {
        Findings answer = answer(audit, deployment);
        output.print(answer, program().screen());
        return answer.wrong() ? ServerBackup.PROBLEM_FOUND : ServerBackup.OK;
    }
}
