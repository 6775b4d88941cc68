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
 * Backups of managed nodes by Run Command: each is one {@code SendCommand} of a pinned document. What OpsWorks CM would
 * refuse is refused here, before anything is sent. Two runs that check at the same instant can both pass; then the
 * document refuses the later one on the server.
 */
public final class SystemsManagerBackupService implements BackupService {
    private final SsmClient client;
    private final ResourceGroupsTaggingApiClient tags;
    private final RunCommandSettings settings;
    private final BackupCount count;
    private final InstantSource clock;
    private final Duration callTimeout;
    private final ReadAhead read;
    private final Preflight preflight;
    private final CommandSender sender;
    private final Commands commands;
    private final BackupFinder finder;

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
        this.sender = new CommandSender(client, settings);
        Instances instances = new Instances(client);
        this.read = new ReadAhead(instances, commands, new ServerTags(tags));
        this.preflight = new Preflight(settings, read, instances, count);
        this.finder = new BackupFinder(client, commands, clock);
    }

    /**
     * Builds the client itself, since the contract depends on its retries and on the check before each transmission.
     *
     * @param builder with the endpoint, credentials and HTTP client to use
     * @param tags to read the tags of a server whose entry has none
     * @param count counts a server's backups, for the limit in {@code settings}
     * @param callTimeout for starting one backup, or for one lookup: all calls that it takes, with their retries
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

    /** A new object over the same clients that has read nothing yet: for one run or one pass. */
    public SystemsManagerBackupService anew() {
        return new SystemsManagerBackupService(client, tags, settings, count, clock, callTimeout);
    }

    /** Deletes the artefacts of backups, by the same client. */
    public BackupDeletion deletion() {
        return new ArtefactDeletion(client, settings, clock, callTimeout);
    }

    @Override
    public void prepare(Collection<Server> servers, BooleanSupplier permit) {
        read.read(servers, permit);
    }

    /** Half of the call time-out is for the checks before, half for sending the command. */
    @Override
    public BackupResult createBackup(Server server, String description, Instant sendBefore) {
        if (!clock.instant().isBefore(sendBefore)) {
            return new BackupResult.NotSent();
        }
        TimeBudget before = TimeBudget.of(clock, callTimeout.dividedBy(2));
        return switch (Calls.answer(() -> preflight.of(server, description, before))) {
            case Calls.Answer.Got<Preflight.Verdict>(Preflight.Verdict.Admitted admitted) ->
                send(admitted, server.name(), description, sendBefore);
            case Calls.Answer.Got<Preflight.Verdict>(Preflight.Verdict.Refused(var error)) ->
                new BackupResult.Refused(error);
            // Nothing was sent yet, so the effect is not in doubt.
            case Calls.Answer.Failed<Preflight.Verdict>(var error) -> new BackupResult.Refused(error.withoutEffect());
        };
    }

    private BackupResult send(
            Preflight.Verdict.Admitted admitted, ServerName server, String description, Instant sendBefore) {
        SendDeadline deadline = new SendDeadline(clock, sendBefore);
        var how = AwsRequestOverrideConfiguration.builder()
                .putExecutionAttribute(SendDeadline.ATTRIBUTE, deadline)
                .apiCallTimeout(callTimeout.dividedBy(2))
                .build();
        try {
            BackupId id = new BackupId(server, clock.instant());
            BackupCommand sent = sender.backup(admitted, id, description, how);
            read.sent(sent);
            return new BackupResult.Started(sent.backup());
        } catch (InvalidInstanceIdException e) {
            // It was managed a moment ago, so its agent or the instance has stopped since.
            BackupError answered = Errors.of(e);
            return new BackupResult.Refused(new BackupError(
                    ErrorType.INVALID_STATE, answered.message(), answered.httpStatus(), answered.requestId(), false));
        } catch (RuntimeException e) {
            return deadline.resultOf(e);
        }
    }

    @Override
    public ListResult backupsOf(ServerName server, Instant since) {
        if (!BackupId.isInstance(server)) {
            return new ListResult.Backups(List.of());
        }
        return switch (Calls.answer(() -> commands.of(server, since, TimeBudget.of(clock, callTimeout.dividedBy(2)))
                .backups())) {
            case Calls.Answer.Got<List<Backup>>(var backups) -> new ListResult.Backups(backups);
            case Calls.Answer.Failed<List<Backup>>(var error) -> new ListResult.Unavailable(error);
        };
    }

    @Override
    public FindResult backup(String backupId) {
        return BackupId.parse(backupId)
                .map(id -> finder.of(id, TimeBudget.of(clock, callTimeout.dividedBy(2))))
                .orElseGet(() -> new FindResult.Absent(
                        BackupError.known(ErrorType.RESOURCE_NOT_FOUND, "no backup of a server has such an id")));
    }

    /** Lists the commands of the document that is pinned now. A backup by another document is looked up by its id. */
    @Override
    public BackupStates states(Instant since, BooleanSupplier permit) {
        Map<String, CommandInvocation> byCommand = new HashMap<>();
        String document = settings.documents().backup().name();
        Optional<BackupError> trouble = Calls.failure(
                () -> commands.invocations(document, since, permit, one -> byCommand.put(one.commandId(), one)));
        return new BackupStates(
                started -> Optional.ofNullable(byCommand.get(BackupCommand.idIn(started)))
                        .flatMap(listed -> CommandResultMapper.listed(started, listed)),
                trouble);
    }
}
