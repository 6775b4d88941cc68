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
 * What one run, or one pass, has read in advance about its servers. Stale data does no harm: the document checks again
 * on the server and refuses, and the attempt is repeated. Safe for use by several threads.
 */
final class ReadAhead {
    private static final BackupError NOTHING =
            BackupError.known(ErrorType.NO_ANSWER, "the server was not read before the attempt");
    /**
     * For up to this many servers the commands are read server by server, since the commands of all servers may be many
     * pages.
     */
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

    /** Reads what has not been read yet. After an error nothing more is read in this run or pass. */
    synchronized void read(Collection<Server> servers, BooleanSupplier permit) {
        List<Server> unread = servers.stream()
                .filter(server -> !known.contains(server.name()))
                .toList();
        if (unread.isEmpty() || trouble.isPresent()) {
            return;
        }
        trouble = Calls.failure(() -> {
            List<ServerName> names = unread.stream()
                    .map(Server::name)
                    .filter(BackupId::isInstance)
                    .distinct()
                    .toList();
            readInstances(names, permit);
            readExecuting(names, permit);
            tagsByArn.putAll(tags.of(arnsWithoutTags(unread), permit));
            unread.forEach(server -> known.add(server.name()));
        });
    }

    /**
     * Up to a page of servers is read by their ids. If there are more, or if one of the ids is not accepted any more,
     * all instances are listed.
     */
    private void readInstances(List<ServerName> names, BooleanSupplier permit) {
        if (allInstances || names.isEmpty()) {
            return;
        }
        if (names.size() <= Instances.PAGE) {
            try {
                managed.putAll(instances.of(names, permit));
                return;
            } catch (InvalidInstanceIdException oneIsGone) {
                // The list of all instances shows which one.
            }
        }
        managed.putAll(instances.all(permit));
        allInstances = true;
    }

    private void readExecuting(List<ServerName> names, BooleanSupplier permit) {
        if (allExecuting) {
            return;
        }
        boolean all = names.size() > FEW;
        executing.putAll(all ? commands.executing(permit) : commands.executing(names, permit));
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
     * Why a server was not read; empty if it was. The error is about the reading and not about the server, so it is
     * always retryable.
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
                                "the state of the servers could not be read before a command was sent: %s: %s"
                                        .formatted(error.type().name(), error.message())));
    }

    /** The servers that Systems Manager manages, by their ids. */
    Map<String, InstanceInformation> managed() {
        return managed;
    }

    /** The command that a server is busy with. */
    Optional<BackupCommand> executing(ServerName server) {
        return Optional.ofNullable(executing.get(server));
    }

    /** The tags in the entry, or those that were read. A server without an ARN has none. */
    Map<String, String> tagsOf(Server server) {
        return server.tags().isEmpty() ? server.arn().map(tagsByArn::get).orElse(Map.of()) : server.tags();
    }

    /** Records that the server is now busy with a command. */
    void sent(BackupCommand command) {
        executing.put(command.backupId().server(), command);
    }
}
