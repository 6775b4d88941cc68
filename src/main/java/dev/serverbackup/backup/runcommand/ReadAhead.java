package dev.serverbackup.backup.runcommand;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;

/**
 * What one run, or one pass, has read of all servers at once. Its age does no harm: a document refuses on the server
 * what it should not do, and the attempt is made again. Safe for use by several threads.
 */
final class ReadAhead {
    private static final BackupError NOTHING = BackupError.known(ErrorType.NO_ANSWER, "nothing was read of the server");
    /** Up to so many servers are asked for one by one: the commands of all servers may be many pages. */
    private static final int FEW = 5;

    private final Instances instances;
    private final Commands commands;
    private final ServerTags tags;
    private final Set<ServerName> known = ConcurrentHashMap.newKeySet();
    private final Map<String, InstanceInformation> managed = new ConcurrentHashMap<>();
    private final Map<ServerName, BackupCommand> executing = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> tagsByArn = new ConcurrentHashMap<>();
    private volatile Optional<BackupError> trouble = Optional.empty();
    private boolean allInstances;
    private boolean allExecuting;

    ReadAhead(Instances instances, Commands commands, ServerTags tags) {
        this.instances = instances;
        this.commands = commands;
        this.tags = tags;
    }

    /** Reads what has not been read yet. After trouble nothing more is read: another run or pass will. */
    synchronized void read(Collection<Server> servers, BooleanSupplier turn) {
        List<Server> unread = servers.stream()
                .filter(server -> !known.contains(server.name()))
                .toList();
        if (unread.isEmpty() || trouble.isPresent()) {
            return;
        }
        Calls.Answer<Boolean> answer = Calls.known(() -> {
            List<ServerName> names = unread.stream()
                    .map(Server::name)
                    .filter(BackupId::isInstance)
                    .distinct()
                    .toList();
            readInstances(names, turn);
            readExecuting(names, turn);
            tagsByArn.putAll(tags.of(arnsWithoutTags(unread), turn));
            return known.addAll(unread.stream().map(Server::name).toList());
        });
        if (answer instanceof Calls.Answer.Failed<Boolean>(var error)) {
            trouble = Optional.of(error);
        }
    }

    /** A page is asked for by its ids; more than that, or one whose id is not accepted any more, has all listed. */
    private void readInstances(List<ServerName> names, BooleanSupplier turn) {
        if (allInstances || names.isEmpty()) {
            return;
        }
        if (names.size() <= Instances.PAGE) {
            try {
                managed.putAll(instances.of(names, turn));
                return;
            } catch (InvalidInstanceIdException oneIsGone) {
                // Which of them, the list of all tells.
            }
        }
        managed.putAll(instances.all(turn));
        allInstances = true;
    }

    private void readExecuting(List<ServerName> names, BooleanSupplier turn) {
        if (allExecuting) {
            return;
        }
        boolean all = names.size() > FEW;
        executing.putAll(all ? commands.executing(turn) : commands.executing(names, turn));
        allExecuting = all;
    }

    private static List<String> arnsWithoutTags(List<Server> servers) {
        return servers.stream()
                .filter(server -> server.tags().isEmpty())
                .flatMap(server -> server.arn().stream())
                .distinct()
                .toList();
    }

    /**
     * Why nothing is known of a server; nothing where it was read. It says nothing of the server itself: so it is an
     * error that is tried again, whatever the service answered.
     */
    Optional<BackupError> unread(ServerName server) {
        if (known.contains(server)) {
            return Optional.empty();
        }
        BackupError error = trouble.orElse(NOTHING);
        return Optional.of(
                error.type().isRetryable()
                        ? error.withoutEffect()
                        : BackupError.known(
                                ErrorType.NO_ANSWER,
                                "what has to be known before a command is sent could not be read: %s: %s"
                                        .formatted(error.type().name(), error.message())));
    }

    /** Those that Systems Manager manages, by their ids. */
    Map<String, InstanceInformation> managed() {
        return managed;
    }

    /** What a server is busy with. */
    Optional<BackupCommand> executing(ServerName server) {
        return Optional.ofNullable(executing.get(server));
    }

    /** The tags that the entry has, or those that were read. A server without an ARN has never had any. */
    Map<String, String> tagsOf(Server server) {
        return server.tags().isEmpty() ? server.arn().map(tagsByArn::get).orElse(Map.of()) : server.tags();
    }

    /** From now on the server is busy with what we have sent. */
    void sent(BackupCommand command) {
        executing.put(command.backupId().server(), command);
    }
}
