package dev.serverbackup.bench.arm;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What a user would write instead: a program that is asked for runs line by line, and answers when each is done. */
public final class PeerArm implements Arm {
    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    private PeerArm(Process process) {
        this.process = process;
        this.orders = process.outputWriter();
        this.answers = process.inputReader();
    }

    /** Starts it on the measured CPU; what it logs goes to a file of that name. */
    public static PeerArm start(URI aws, List<String> command, File log) throws IOException {
        List<String> pinned = new ArrayList<>(Cpus.MEASURED);
        pinned.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(pinned).redirectError(log);
        builder.environment().putAll(AwsVariables.of(aws));
        return new PeerArm(builder.start());
    }

    @Override
    public void awaitReady() throws IOException {
        expect("ready");
    }

    @Override
    public void run() throws IOException {
        orders.write(UUID.randomUUID() + "\n");
        orders.flush();
        expect("done");
    }

    private void expect(String answer) throws IOException {
        String line = answers.readLine();
        if (line == null || !line.startsWith(answer)) {
            throw new IOException("instead of \"%s\" it said \"%s\"".formatted(answer, line));
        }
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
