package dev.serverbackup.local.fleet;

import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.DeterministicIds;
import dev.serverbackup.local.opsworkscm.account.StoredBackup;
import dev.serverbackup.local.opsworkscm.account.StoredServer;
import dev.serverbackup.local.tagging.ResourceTags;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the tagging API lists: the account's servers and backups that have, or once had, a tag; the fleet's servers that
 * are gone; and what the fleet adds besides.
 */
public final class Listing implements Supplier<List<ResourceTags>> {

    private final Account account;
    private final List<ResourceTags> besides;
    private final Map<String, Integer> timesListed;

    public Listing(Account account, Fleet fleet) {
        this.account = account;
        this.besides = Stream.of(gone(account, fleet), fleet.resources().stream(), instances(fleet))
                .flatMap(Function.identity())
                .toList();
        this.timesListed = fleet.servers().stream()
                .filter(server -> !server.presence().gone())
                .collect(Collectors.toMap(
                        FleetServer::name, server -> server.presence().listed()));
    }

    @Override
    public List<ResourceTags> get() {
        synchronized (account) {
            return Stream.of(servers(), backups(), besides.stream())
                    .flatMap(Function.identity())
                    .toList();
        }
    }

    private Stream<ResourceTags> servers() {
        return account.servers().stream()
                .filter(server -> server.tags().ever())
                .flatMap(server ->
                        Collections.nCopies(timesListed.getOrDefault(server.name(), 1), listed(server)).stream());
    }

    private Stream<ResourceTags> backups() {
        return account.backups().stream().filter(backup -> backup.tags().ever()).map(this::listed);
    }

    private ResourceTags listed(StoredServer server) {
        return new ResourceTags(account.arns().of(server), server.tags().values());
    }

    private ResourceTags listed(StoredBackup backup) {
        return new ResourceTags(account.arns().of(backup), backup.tags().values());
    }

    private static Stream<ResourceTags> instances(Fleet fleet) {
        return fleet.instances().stream()
                .map(FleetInstance::instance)
                .filter(one -> !one.tags().isEmpty())
                .map(one -> one.listed(fleet.arns().region(), fleet.arns().accountId()));
    }

    private static Stream<ResourceTags> gone(Account account, Fleet fleet) {
        return fleet.servers().stream()
                .filter(server -> server.presence().gone() && server.tags().isPresent())
                .flatMap(server -> Collections.nCopies(server.presence().listed(), gone(account, server)).stream());
    }

    private static ResourceTags gone(Account account, FleetServer server) {
        var uuid = DeterministicIds.from(server.name()).uuid().toString();
        return new ResourceTags(
                account.arns().ofServer(server.name(), uuid), server.tags().orElseThrow());
    }
}
