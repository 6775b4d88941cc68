package dev.serverbackup.local.systemsmanager;

import dev.serverbackup.local.s3.LocalS3;
import dev.serverbackup.local.systemsmanager.Instance.Standing;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Instances, and commands that really run on them: each instance has a directory of its own below the scratch
 * directory, and an S3 has another for all of them, which starts with the first command that names a bucket.
 * Thread-safe. Closing it ends the commands that still run.
 */
public final class RunCommand implements AutoCloseable {
    private static final String S3_SCHEME = "s3://";

    private final InstantSource clock;
    private final Path scratch;
    private final Path stands;
    private final LocalS3 s3;
    private final Consumer<SentCommand> whenChanged;
    private final Map<String, ShellDocument> documents = new LinkedHashMap<>();
    private final Map<String, Instance> instances = new LinkedHashMap<>();
    private final Map<String, SentCommand> commands = new LinkedHashMap<>();
    private final ExecutorService agents = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Runnable> waiting = new ArrayList<>();
    /** What waits for the agents of single instances, by their ids. */
    private final Map<String, List<Runnable>> undelivered = new HashMap<>();

    private boolean held;

    /**
     * Without instances.
     *
     * @param scratch where the instances' directories are made
     * @param stands the directory of the vendors' stand-ins
     * @param whenChanged is told each command that has got another status
     */
    public RunCommand(InstantSource clock, Path scratch, Path stands, Consumer<SentCommand> whenChanged) {
        this.clock = clock;
        this.scratch = scratch;
        this.stands = stands;
        s3 = new LocalS3(scratch.resolve("s3"));
        this.whenChanged = whenChanged;
    }

    /** The directory of an instance. */
    public Path root(String instanceId) {
        return scratch.resolve(instanceId);
    }

    public synchronized void put(ShellDocument document) {
        documents.put(document.name(), document);
    }

    /**
     * Adds an instance, or lets it stand otherwise from now on; once it is Online its agent takes what waits for it.
     */
    public synchronized void put(Instance instance) {
        instances.put(instance.id(), instance);
        if (instance.standing() == Standing.ONLINE) {
            Optional.ofNullable(undelivered.remove(instance.id()))
                    .orElse(List.of())
                    .forEach(this::deliver);
        }
    }

    public synchronized Collection<Instance> instances() {
        return List.copyOf(instances.values());
    }

    synchronized Optional<Instance> instance(String id) {
        return Optional.ofNullable(instances.get(id)).filter(one -> one.standing() != Standing.TERMINATED);
    }

    synchronized Optional<ShellDocument> document(String name) {
        return Optional.ofNullable(documents.get(name));
    }

    /** Agents are dead: from now on commands wait, and do not end by themselves. */
    public synchronized void hold() {
        held = true;
    }

    /** Agents are back, and run what waited for them. */
    public synchronized void release() {
        held = false;
        waiting.forEach(agents::execute);
        waiting.clear();
    }

    /** All commands, the oldest first. */
    public synchronized List<SentCommand> commands() {
        return List.copyOf(commands.values());
    }

    SentCommand send(Instance instance, ShellDocument document, String comment, Map<String, List<String>> parameters) {
        String script = document.rendered(parameters);
        var sent = new SentCommand(
                UUID.randomUUID().toString(),
                instance.id(),
                document,
                comment,
                parameters,
                clock.instant(),
                "Pending",
                "Pending",
                -1,
                "",
                "");
        changed(sent);
        deliver(instance, () -> run(sent, script));
        return sent;
    }

    private synchronized void deliver(Instance instance, Runnable command) {
        if (instance.standing() == Standing.ONLINE) {
            deliver(command);
        } else {
            undelivered.computeIfAbsent(instance.id(), _ -> new ArrayList<>()).add(command);
        }
    }

    private synchronized void deliver(Runnable command) {
        if (held) {
            waiting.add(command);
        } else {
            agents.execute(command);
        }
    }

    private void run(SentCommand sent, String script) {
        changed(sent.now("InProgress", "InProgress"));
        changed(sent.ended(ended(sent, script)));
    }

    private Shell.Ended ended(SentCommand sent, String script) {
        Shell shell = Shell.in(root(sent.instanceId()), stands).at(clock.instant());
        String destination =
                sent.parameters().getOrDefault("destination", List.of("")).getFirst();
        if (destination.startsWith(S3_SCHEME)) {
            try {
                shell = reachingS3(shell, destination);
            } catch (SdkException | UncheckedIOException | IllegalStateException e) {
                return new Shell.Ended(1, "", String.valueOf(e.getMessage()));
            }
        }
        return shell.run(script);
    }

    /** A bucket that is named is there. */
    private Shell reachingS3(Shell shell, String destination) {
        s3.makeBucket(destination.substring(S3_SCHEME.length()).replaceFirst("/.*", ""));
        return shell.with("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
    }

    /** Told before it can be seen: a caller that waited for the end finds it told. */
    private synchronized void changed(SentCommand command) {
        whenChanged.accept(command);
        commands.put(command.id(), command);
        notifyAll();
    }

    /** Waits until an instance's commands have ended: what really runs takes its time. */
    public synchronized void awaitEnd(String instanceId) throws InterruptedException {
        while (commands.values().stream().anyMatch(one -> one.instanceId().equals(instanceId) && one.isOpen())) {
            wait();
        }
    }

    /** Waits until all commands have ended, but those that are held. */
    public synchronized void awaitEnd() throws InterruptedException {
        while (!held && new ArrayList<>(commands.values()).stream().anyMatch(SentCommand::isOpen)) {
            wait();
        }
    }

    @Override
    public void close() {
        agents.shutdownNow();
        agents.close();
        s3.close();
    }
}
