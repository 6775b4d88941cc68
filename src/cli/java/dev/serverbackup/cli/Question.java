package dev.serverbackup.cli;

import dev.serverbackup.cli.audit.AuditReader;
import picocli.CommandLine.Mixin;
import software.amazon.awssdk.core.exception.SdkException;

/** A command that asks a deployment something and prints the answer as text, JSON or CSV. */
public abstract class Question extends AuditCommand {
    @Mixin
    private OutputOptions output;

    /**
     * Finds the answer.
     *
     * @throws SdkException what the SDK throws
     * @throws IllegalArgumentException if the question is not clear
     */
    protected abstract Findings answer(AuditReader audit, Connection deployment);

    /** What a person must read before the answer is there; on standard error, so that the answer stands alone. */
    protected void tell(Findings findings) {
        Screen screen = program().screen();
        screen.err().println(screen.writable(FindingsText.of(findings, screen)));
        screen.flush();
    }

    /** A sentence of that kind. */
    protected void tell(String sentence) {
        Screen screen = program().screen();
        screen.err().println(screen.writable(sentence));
        screen.flush();
    }

    @Override
    protected final int ask(AuditReader audit, Connection deployment) {
        Findings answer = answer(audit, deployment);
        output.print(answer, program().screen());
        return answer.wrong() ? ServerBackup.WRONG : ServerBackup.OK;
    }
}
