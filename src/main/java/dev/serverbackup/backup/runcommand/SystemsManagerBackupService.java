package dev.serverbackup.backup.runcommand;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupCount;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.BackupStates;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.backup.RunCommandSettings;
import dev.serverbackup.backup.aws.Errors;
import dev.serverbackup.backup.aws.SendDeadline;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.SsmClientBuilder;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;

/**
 * Backups of managed nodes by Run Command: one {@code SendCommand} for each, of a document that is pinned. What
 * OpsWorks CM would refuse is refused here, before anything is sent; two runs that ask at the same instant can both
 * pass, and then the document refuses the later one on the server.
 */
public final class SystemsManagerBackupService implements BackupService {
    private final SsmClient client;
    private final ResourceGroupsTaggingApiClient tags;
    private final RunCommandSettings settings;
    private final BackupCount count;
    private final InstantSource clock;
    private final Duration callTimeout;
    private final ReadAhead read;
    private final Preflight admission;
    private final CommandSender sending;
    private final Commands commands;
    private final BackupFinder standing;

    private SystemsManagerBackupService(
            SsmClient client,
            ResourceGroupsTaggingApiClient tags,
            RunCommandSettings settings,
            BackupCount count,
            InstantSource clock,
            Duration callTimeout) {
        this.client = client;
        this.tags = tags;
        this.settings = settings;
        this.count = count;
        this.clock = clock;
        this.callTimeout = callTimeout;
        this.commands = new Commands(client);
        this.sending = new CommandSender(client, settings);
        Instances instances = new Instances(client);
        this.read = new ReadAhead(instances, commands, new ServerTags(tags));
        this.admission = new Preflight(settings, read, instances, count);
        this.standing = new BackupFinder(client, commands, clock);
    }

    /**
     * Builds the client too: on its retries, and on the gate before each transmission, the contract depends.
     *
     * @param builder with the endpoint, credentials and HTTP client to use
     * @param tags to read what a server chooses by its tags, where its entry has none
     * @param count of what a server has, against the limit that {@code settings} name
     * @param callTimeout for one backup asked for, or one look: all calls that it takes, and their repetitions
     */
    public static SystemsManagerBackupService with(
            SsmClientBuilder builder,
            ResourceGroupsTaggingApiClient tags,
            RunCommandSettings settings,
            BackupCount count,
            InstantSource clock,
            Duration callTimeout) {
        SsmClient client = Calls.client(builder, callTimeout);
        return new SystemsManagerBackupService(client, tags, settings, count, clock, callTimeout);
    }

    /** One over the same clients that has read nothing yet: each run and each pass has its own. */
    public SystemsManagerBackupService anew() {
        return new SystemsManagerBackupService(client, tags, settings, count, clock, callTimeout);
    }

    /** Deletes what such commands have made, by the same client. */
    public BackupDeletion deletion() {
        return new ArtefactDeletion(client, settings, clock, callTimeout);
    }

    @Override
    public void prepare(Collection<Server> servers, BooleanSupplier turn) {
        read.read(servers, turn);
    }

    /** Half of the time is for what may be asked before, half for the command itself. */
    @Override
    public BackupResult createBackup(Server server, String description, Instant sendBefore) {
        if (!clock.instant().isBefore(sendBefore)) {
            return new BackupResult.NotSent();
        }
        TimeBudget before = TimeBudget.of(clock, callTimeout.dividedBy(2));
        return switch (Calls.known(() -> admission.of(server, description, before))) {
            case Calls.Answer.Got<Preflight.Verdict>(Preflight.Verdict.Admitted admitted) ->
                send(admitted, server.name(), description, sendBefore);
            case Calls.Answer.Got<Preflight.Verdict>(Preflight.Verdict.Refused(var error)) ->
                new BackupResult.Refused(error);
            // Nothing was sent yet: whatever went wrong, it is no doubt.
            case Calls.Answer.Failed<Preflight.Verdict>(var error) -> new BackupResult.Refused(error.withoutEffect());
        };
    }

    private BackupResult send(
            Preflight.Verdict.Admitted admitted, ServerName server, String description, Instant sendBefore) {
        SendDeadline gate = new SendDeadline(clock, sendBefore);
        var how = AwsRequestOverrideConfiguration.builder()
                .putExecutionAttribute(SendDeadline.ATTRIBUTE, gate)
                .apiCallTimeout(callTimeout.dividedBy(2))
                .build();
        try {
            BackupId id = new BackupId(server, clock.instant());
            BackupCommand sent = sending.backup(admitted, id, description, how);
            read.sent(sent);
            return new BackupResult.Started(sent.backup());
        } catch (InvalidInstanceIdException e) {
            // It was there a moment ago: its agent has gone, or it was stopped.
            BackupError answered = Errors.of(e);
            return new BackupResult.Refused(new BackupError(
                    ErrorType.INVALID_STATE, answered.message(), answered.httpStatus(), answered.requestId(), false));
        } catch (RuntimeException e) {
            return gate.resultOf(e);
        }
    }

    @Override
    public ListResult backupsOf(ServerName server, Instant since) {
        if (!BackupId.isInstance(server)) {
            return new ListResult.Backups(List.of());
        }
        return switch (Calls.known(() -> commands.of(server, since, TimeBudget.of(clock, callTimeout.dividedBy(2)))
                .backups())) {
            case Calls.Answer.Got<List<Backup>>(var backups) -> new ListResult.Backups(backups);
            case Calls.Answer.Failed<List<Backup>>(var error) -> new ListResult.Unavailable(error);
        };
    }

    @Override
    public FindResult backup(String backupId) {
        return BackupId.parse(backupId)
                .map(id -> standing.of(id, TimeBudget.of(clock, callTimeout.dividedBy(2))))
                .orElseGet(() -> new FindResult.Absent(
                        BackupError.known(ErrorType.RESOURCE_NOT_FOUND, "no backup of a server has such an id")));
    }

    /** By the document that is pinned now: a backup by another one is looked up by its id. */
    @Override
    public BackupStates states(Instant since, BooleanSupplier turn) {
        Map<String, CommandInvocation> byCommand = new HashMap<>();
        String document = settings.documents().backup().name();
        Optional<BackupError> trouble = switch (Calls.known(
                () -> commands.invocations(document, since, turn, one -> byCommand.put(one.commandId(), one)))) {
            case Calls.Answer.Got<Boolean> _ -> Optional.empty();
            case Calls.Answer.Failed<Boolean>(var error) -> Optional.of(error);
        };
        return new BackupStates(
                started -> Optional.ofNullable(byCommand.get(BackupCommand.idIn(started)))
                        .flatMap(listed -> CommandResultMapper.listed(started, listed)),
                trouble);
    }
}
