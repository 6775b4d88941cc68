package dev.serverbackup.bench.arm;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What a user would write instead: {@code peer.py}, asked for runs line by line, which answers when each is done. */
public final class BotoArm implements Arm {
    /** As people read it. */
    public static final String TITLE = "boto3 by our rules";

    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    private BotoArm(Process process) {
        this.process = process;
        this.orders = process.outputWriter();
        this.answers = process.inputReader();
    }

    /** Starts it on the measured CPU. */
    public static BotoArm start(URI aws) throws IOException {
        List<String> command = new ArrayList<>(Cpus.MEASURED);
        command.addAll(Python.command(List.of("src/bench/python/peer.py")));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(Path.of("target", "bench", "boto3.log").toFile());
        builder.environment().putAll(AWS);
        builder.environment().put("AWS_ENDPOINT_URL", aws.toString());
        return new BotoArm(builder.start());
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
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
